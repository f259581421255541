/**
 * Returns a version's section of the changelog; the unreleased section if the version has none.
 * @param {string} changelog
 * @param {string} version
 */
export function releaseNotes(changelog, version) {
  const sections = changelog.split(/^## /mu).slice(1);
  const titled = (/** @type {string} */ title) =>
    sections.find((section) => section.split('\n')[0]?.replaceAll(/[[\]]/gu, '').startsWith(title));
  const section = titled(version) ?? titled('Unreleased') ?? '';
  return `${section.split('\n').slice(1).join('\n').trim()}\n`;
}

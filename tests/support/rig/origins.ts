/** Suffix of the https origins that replace the app's schemes, which Chromium can't have without Electron. */
const suffix = '.test';

/** Maps `app://contact-sheet/a?b` to the page's `https://contact-sheet.app.test/a?b`; keeps other addresses. */
export function toPageAddress(address: string, schemes: ReadonlySet<string>): string {
  const url = URL.parse(address);
  const scheme = url?.protocol.slice(0, -1) ?? '';
  if (url === null || !schemes.has(scheme)) return address;
  return `https://${url.host}.${scheme}${suffix}${url.pathname}${url.search}${url.hash}`;
}

/** Maps a page's https address back to the app's scheme. */
export function toAppAddress(address: string, schemes: ReadonlySet<string>): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || !url.host.endsWith(suffix)) return address;
  const hostAndScheme = url.host.slice(0, -suffix.length);
  const scheme = hostAndScheme.slice(hostAndScheme.lastIndexOf('.') + 1);
  if (!schemes.has(scheme)) return address;
  return `${scheme}://${hostAndScheme.slice(0, -scheme.length - 1)}${url.pathname}${url.search}${url.hash}`;
}

/**
 * Returns whether a browser resolves every name below `localhost` to this computer, without a name server. Chromium
 * does so from 64, Firefox from 84; Safari asks the system, which may not know the name.
 */
export function resolvesLocalNames(userAgent: string | undefined): boolean {
  const [, name = '', version = ''] = /(Chrome|Firefox)\/(\d{1,4})\./.exec(userAgent ?? '') ?? [];
  return Number(version) >= (name === 'Chrome' ? 64 : 84);
}

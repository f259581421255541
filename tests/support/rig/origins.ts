/** Chromium's pages can't have schemes of ours without Electron: each stands behind an https origin of its own. */
const suffix = '.test';

/** `app://contact-sheet/a?b` as the page sees it: `https://contact-sheet.app.test/a?b`. Other addresses stay. */
export function toPageAddress(address: string, schemes: ReadonlySet<string>): string {
  const url = URL.parse(address);
  const scheme = url?.protocol.slice(0, -1) ?? '';
  if (url === null || !schemes.has(scheme)) return address;
  return `https://${url.host}.${scheme}${suffix}${url.pathname}${url.search}${url.hash}`;
}

/** The other way round: what Electron would say where the page sees the https origin. */
export function toAppAddress(address: string, schemes: ReadonlySet<string>): string {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || !url.host.endsWith(suffix)) return address;
  const inside = url.host.slice(0, -suffix.length);
  const scheme = inside.slice(inside.lastIndexOf('.') + 1);
  if (!schemes.has(scheme)) return address;
  return `${scheme}://${inside.slice(0, -scheme.length - 1)}${url.pathname}${url.search}${url.hash}`;
}

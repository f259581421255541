/** Where the interface lives in the window; its scheme is ours alone. */
export const scheme = 'app';
const host = 'contact-sheet';
export const startAddress = `${scheme}://${host}/`;

/** Whether an address belongs to the interface, by a URL parser's judgement and by nothing that merely looks alike. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return url.protocol === `${scheme}:` && url.host === host && url.username === '' && url.password === '';
}

/** Whether it is the interface's page itself, which a window may load again; a picture of ours is no page. */
export function isStartAddress(address: string): boolean {
  return isOwnAddress(address) && URL.parse(address)?.pathname === '/';
}

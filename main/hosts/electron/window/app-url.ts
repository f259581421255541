/** Scheme of the interface's URL in the window, used by this app only. */
export const scheme = 'app';
const host = 'contact-sheet';
export const startAddress = `${scheme}://${host}/`;

/** Returns whether an address belongs to the interface, as a URL parser reads it rather than by resemblance. */
export function isOwnAddress(address: string): boolean {
  const url = URL.parse(address);
  if (url === null) return false;
  return url.protocol === `${scheme}:` && url.host === host && url.username === '' && url.password === '';
}

/** Returns whether it is the interface's page itself, which a window may reload; an image is no page. */
export function isStartAddress(address: string): boolean {
  return isOwnAddress(address) && URL.parse(address)?.pathname === '/';
}

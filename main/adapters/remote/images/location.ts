/**
 * Resolves a `Location` header against the address that it came from; null if it leads nowhere. Bytes beyond ASCII are
 * percent-encoded as they came, whatever their charset: each character of the header stands for one byte.
 */
export function locationOf(header: string | undefined, base: string): URL | null {
  if (!header) return null;
  const encoded = header.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`);
  return URL.parse(encoded, base);
}

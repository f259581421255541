import type { Session } from 'electron';

/** Looks up the proxy for a URL in the system's settings, proxy scripts included. */
export function createSystemProxy(
  session: Pick<Session, 'resolveProxy'>,
): (url: string) => Promise<string | undefined> {
  return async (url) => readProxyList(await session.resolveProxy(url));
}

/**
 * Returns the first usable entry of a list such as `PROXY 10.0.0.1:3128; DIRECT`: an http(s) URL, or undefined for a
 * direct connection. If all are unsupported, such as SOCKS, returns the first, so that it is rejected and reported
 * rather than bypassed.
 */
export function readProxyList(list: string): string | undefined {
  const entries = list.split(';').map((entry) => entry.trim().split(/\s+/u));
  for (const [kind = '', address = ''] of entries) {
    if (kind.toUpperCase() === 'DIRECT') return undefined;
    const scheme = schemes[kind.toUpperCase()];
    if (scheme !== undefined && address !== '') return `${scheme}://${address}`;
  }
  const [kind = '', address = ''] = entries[0] ?? [];
  return address === '' ? undefined : `${kind.toLowerCase()}://${address}`;
}

const schemes: Readonly<Record<string, string>> = { PROXY: 'http', HTTP: 'http', HTTPS: 'https' };

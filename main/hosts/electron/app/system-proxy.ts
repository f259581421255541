import type { Session } from 'electron';

/** The proxy for a URL by the system's own settings, scripts among them. */
export function createSystemProxy(
  session: Pick<Session, 'resolveProxy'>,
): (url: string) => Promise<string | undefined> {
  return async (url) => readProxyList(await session.resolveProxy(url));
}

/**
 * The first entry of a list such as `PROXY 10.0.0.1:3128; DIRECT` that can be used: an http(s) URL, or undefined for a
 * direct connection. Where there are only ways that we can't go, such as SOCKS, the first is given all the same, so
 * that it is refused and said rather than gone around.
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

import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export type Refusal = { readonly status: 400 | 401 | 403 | 404 | 405 | 421 | 503; readonly sentence: string };

/** Returns the hosts by which a browser on this computer reaches the port; `ownHost` includes a port too. */
export function hostsOf(port: number, ownHost?: string): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', ...(ownHost === undefined ? [] : [ownHost.replace(/:\d+$/, '')])];
  return new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]);
}

/**
 * Rejects requests to another host name (a foreign site whose name resolves to this computer) or from another page. A
 * page on another port of this computer counts as foreign too, which the cookie alone would not detect.
 */
export function checkOrigin(
  { headers, headersDistinct }: Pick<IncomingMessage, 'headers' | 'headersDistinct'>,
  hosts: ReadonlySet<string>,
  needsOrigin: boolean,
): Refusal | undefined {
  if (singleHeaders.some((name) => (headersDistinct[name]?.length ?? 0) > 1)) return duplicateHeader;
  const { host, origin } = headers;
  if (host === undefined || !hosts.has(host.toLowerCase())) return wrongHost;
  if (origin === undefined ? needsOrigin : origin !== `http://${host.toLowerCase()}`) return wrongOrigin;
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  return isOwn || isNavigation(headers) ? undefined : wrongOrigin;
}

/** Returns whether the user followed a link here, for example from a terminal: the linking page sees nothing of it. */
function isNavigation(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** Returns whether the followed link was on another site: browsers then withhold a strict cookie. */
export function comesFromAnotherSite(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && isNavigation(headers);
}

/** Headers that may occur once: of two that differ, Node takes one and other programs the other (RFC 9112, 3.2). */
const singleHeaders = [
  'host',
  'origin',
  'sec-fetch-site',
  'sec-fetch-mode',
  'sec-fetch-dest',
  'upgrade',
  'cookie',
] as const;

const duplicateHeader: Refusal = {
  status: 400,
  sentence: 'This request says one thing twice, so it isn’t clear what it means.',
};

const wrongHost: Refusal = {
  status: 421,
  sentence: 'Contact Sheet answers on this machine alone: open it by the address that the terminal shows.',
};

const wrongOrigin: Refusal = { status: 403, sentence: 'Contact Sheet answers its own page alone, not other sites.' };

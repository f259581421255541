import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

export type Refusal = { readonly status: 400 | 401 | 403 | 404 | 405 | 421 | 503; readonly sentence: string };

/** The names under which a browser of this machine reaches the port; `ownHost` holds a port too. */
export function hostsOf(port: number, ownHost?: string): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost', ...(ownHost === undefined ? [] : [ownHost.replace(/:\d+$/, '')])];
  return new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]);
}

/**
 * Refuses whoever came by another name (a foreign site whose name was made to lead here) or from another page. A page
 * of another port of this machine counts as foreign too, which the cookie alone would not notice.
 */
export function checkOrigin(
  { headers, headersDistinct }: Pick<IncomingMessage, 'headers' | 'headersDistinct'>,
  hosts: ReadonlySet<string>,
  needsOrigin: boolean,
): Refusal | undefined {
  if (saidOnce.some((name) => (headersDistinct[name]?.length ?? 0) > 1)) return saidTwice;
  const { host, origin } = headers;
  if (host === undefined || !hosts.has(host.toLowerCase())) return wrongHost;
  if (origin === undefined ? needsOrigin : origin !== `http://${host.toLowerCase()}`) return wrongOrigin;
  const site = headers['sec-fetch-site'];
  const isOwn = site === undefined || site === 'same-origin' || site === 'none';
  return isOwn || isVisit(headers) ? undefined : wrongOrigin;
}

/** Whether somebody followed a link here, from a terminal in the browser for one: that shows nothing to the page with the link. */
function isVisit(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
}

/** Whether the link that was followed stood in a page of another site: browsers then hold back a strict cookie. */
export function comesFromAnotherSite(headers: IncomingHttpHeaders): boolean {
  return headers['sec-fetch-site'] === 'cross-site' && isVisit(headers);
}

/** Headers that may come once: of two that differ, Node takes one and other programs the other (RFC 9112, 3.2). */
const saidOnce = ['host', 'origin', 'sec-fetch-site', 'sec-fetch-mode', 'sec-fetch-dest', 'upgrade', 'cookie'] as const;

const saidTwice: Refusal = {
  status: 400,
  sentence: 'This request says one thing twice, so it isn’t clear what it means.',
};

const wrongHost: Refusal = {
  status: 421,
  sentence: 'Contact Sheet answers on this machine alone: open it by the address that the terminal shows.',
};

const wrongOrigin: Refusal = { status: 403, sentence: 'Contact Sheet answers its own page alone, not other sites.' };

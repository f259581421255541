import type { IncomingHttpHeaders } from 'node:http';

export type Refusal = { readonly status: 400 | 401 | 403 | 404 | 405 | 421 | 503; readonly sentence: string };

/** The names under which a browser of this machine reaches the port. */
export function hostsOf(port: number): ReadonlySet<string> {
  const names = ['127.0.0.1', 'localhost'];
  return new Set([...names.map((name) => `${name}:${port}`), ...(port === 80 ? names : [])]);
}

/**
 * Refuses whoever came by another name (a foreign site whose name was made to lead here) or from another page. A page
 * of another port of this machine counts as foreign too, which the cookie alone would not notice.
 */
export function checkOrigin(
  headers: IncomingHttpHeaders,
  hosts: ReadonlySet<string>,
  needsOrigin: boolean,
): Refusal | undefined {
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

const wrongHost: Refusal = {
  status: 421,
  sentence: 'Contact Sheet answers on this machine alone: open it by the address that the terminal shows.',
};

const wrongOrigin: Refusal = { status: 403, sentence: 'Contact Sheet answers its own page alone, not other sites.' };

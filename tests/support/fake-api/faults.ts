import type { Fault, PageEdit, RetryAfter } from './fault.ts';
import { documentedError, type DocumentedStatus } from './fixtures.ts';

const json = 'application/json';
const html = 'text/html; charset=utf-8';

/** A sign-in page, or a proxy's, served with status 200. */
const signInPage =
  '<!DOCTYPE html>\n<html lang="en">\n<head><title>Sign in</title></head>\n<body><form method="post"><input name="password" type="password"></form></body>\n</html>\n';
const gatewayPage =
  '<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n';
const notFoundPage =
  '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">\n<html><head>\n<title>404 Not Found</title>\n</head><body>\n<h1>Not Found</h1>\n</body></html>\n';

/** Returns the JSON form of an error, with the key in `resourceUrl`, as observed; 429 has no other form. */
export function jsonError(
  status: number,
  error: { id: string | number; name: string; message: string },
  key = '',
): string {
  const resourceUrl = `http://api.questionpro.com/a/api/v2/users/1234567/images?apiKey=${key}`;
  const docs = 'www.questionpro.com/api/error-codes.html';
  return JSON.stringify({ response: { error: { docs, ...error, httpStatusCode: status, resourceUrl } } });
}

/** The faults that the product must cope with, by name; all plain data. */
export const faults = {
  documented: (status: DocumentedStatus): Fault => replacedBy(status, documentedError(status), json),
  /** A 429 that means "wait". */
  throttled: (retryAfter?: RetryAfter, key?: string): Fault => ({
    ...replacedBy(
      429,
      jsonError(429, { id: 1029, name: 'TOO_MANY_REQUESTS', message: 'Too many requests' }, key),
      json,
    ),
    ...(retryAfter && { retryAfter }),
  }),
  /** A 429 that means "stop". */
  allowanceUsedUp: (key?: string): Fault => {
    const message = 'API call limit exceeded. Please contact your account manager to raise it.';
    return replacedBy(429, jsonError(429, { id: 1013, name: 'FORBIDDEN', message }, key), json);
  },
  badGateway: (): Fault => replacedBy(502, gatewayPage, html),
  /** A web page with status 200, for a call or a file. */
  loginPage: (): Fault => replacedBy(200, signInPage, html),
  empty: (status = 200): Fault => replacedBy(status, '', json),
  status: (status: number, body = '', mediaType = 'text/plain'): Fault => replacedBy(status, body, mediaType),
  missing: (): Fault => replacedBy(404, notFoundPage, html),
  busy: (status: 429 | 503, retryAfter?: RetryAfter): Fault => ({
    ...replacedBy(status, '', 'text/plain'),
    ...(retryAfter && { retryAfter }),
  }),

  cutOff: (after = 0.5): Fault => ({ ending: { how: 'cut-off', after } }),
  reset: (after: number | 'no-head' = 0.5): Fault => ({ ending: { how: 'reset', after } }),
  stall: (after: number | 'no-head' = 0.5): Fault => ({ ending: { how: 'stall', after } }),
  slow: (pieceBytes: number, everyMs: number): Fault => ({ pace: { pieceBytes, everyMs } }),

  redirect: (to: string): Fault => ({ redirect: to }),
  /** The file after this many redirects. */
  redirectHops: (count: number): Fault => ({ redirect: `hops ${count}` }),
  redirectToOtherHost: (): Fault => ({ redirect: 'other-host' }),
  redirectLoop: (): Fault => ({ redirect: 'loop' }),
  redirectToFile: (): Fault => ({ redirect: 'file:///etc/hostname' }),

  chunked: (): Fault => ({ transfer: 'chunked', ignoresRange: true }),
  /** Neither length nor chunks: closing the connection ends the body. */
  untilClose: (): Fault => ({ transfer: 'until-close', ignoresRange: true }),
  gzip: (): Fault => ({ transfer: 'gzip', ignoresRange: true }),
  gzipChunked: (): Fault => ({ transfer: 'gzip-chunked', ignoresRange: true }),
  noRange: (): Fault => ({ ignoresRange: true, headers: { 'accept-ranges': null } }),
  noValidators: (): Fault => ({ headers: { etag: null, 'last-modified': null } }),
  ignoresIfRange: (): Fault => ({ ignoresIfRange: true }),
  /** A declared length, regardless of the body. */
  saysLength: (bytes: number): Fault => ({ headers: { 'content-length': String(bytes) } }),
  saysType: (mediaType: string): Fault => ({ headers: { 'content-type': mediaType } }),

  page: (page: PageEdit): Fault => ({ page }),
} as const;

/** Invalid records that a server may send by mistake. */
export const malformedRecords: readonly unknown[] = [
  null,
  'a text',
  {},
  { imageID: 'abc', imageURL: 'https://www.questionpro.com/a.png', size: '1 Kb' },
  { imageID: 12.5, imageURL: 'https://www.questionpro.com/a.png', size: '1 Kb' },
  { imageID: 2 ** 60, imageURL: 'https://www.questionpro.com/a.png', size: '1 Kb' },
  { imageID: 900_001, size: '1 Kb' },
  { imageID: 900_002, imageURL: 42, size: '1 Kb' },
];

function replacedBy(status: number, body: string, mediaType: string): Fault {
  return { answer: { status, body, mediaType } };
}

/** Why the bytes of one image could not be had, in one closed union; transfers keep it as their reason. */
export const fetchCodes = [
  // the server's answer
  'not-found',
  'refused',
  'throttled',
  'server-error',
  'unexpected-answer',
  // the content
  'empty',
  'web-page',
  'not-a-picture',
  'cut-off',
  'changed',
  // where the URL or its redirects lead
  'not-permitted',
  'redirect-loop',
  // the way there
  'name-not-found',
  'connection-refused',
  'connection-lost',
  'timed-out',
  'tls-refused',
  'proxy-refused',
  // the disk
  'disk-full',
  'not-writable',
  // ours
  'cancelled',
  'internal',
] as const;

export type FetchCode = (typeof fetchCodes)[number];

export type FetchProblem = {
  readonly code: FetchCode;
  /** A plain sentence: what happened, and what to do. */
  readonly message: string;
  /** Whether the same request may work later without anyone changing anything. */
  readonly canRetry: boolean;
  /** HTTP status where there was an answer. */
  readonly status?: number;
  /** The server's own `Retry-After`, in ms from now. */
  readonly retryAfterMs?: number;
};

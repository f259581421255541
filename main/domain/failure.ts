/**
 * Everything that may be expected to go wrong, in one closed union: the command line maps each code to an exit code,
 * the interface to its words, both exhaustively.
 */
export const failureCodes = [
  // what was asked makes no sense
  'bad-input',
  'unknown-command',
  'not-here',
  'query-mistake',
  'template-mistake',
  // what was named does not exist, or exists already
  'no-account',
  'unknown-account',
  'name-taken',
  'several-accounts',
  'unknown-handle',
  'unknown-selection',
  'unknown-batch',
  'nothing-known',
  'newer-data',
  // the API refused
  'bad-request',
  'unauthorized',
  'forbidden',
  'no-such-user',
  'allowance-used-up',
  'not-permitted',
  // the network or the server
  'throttled',
  'offline',
  'name-not-found',
  'connection-refused',
  'tls-refused',
  'proxy-refused',
  'timed-out',
  'server-error',
  'not-the-api',
  'cut-off',
  // files
  'some-failed',
  'differs',
  // keys
  'vault-locked',
  'vault-missing',
  'key-missing',
  'wrong-passphrase',
  // the disk
  'disk-full',
  'not-writable',
  'data-damaged',
  // others
  'busy',
  'cancelled',
  'internal',
] as const;

export type FailureCode = (typeof failureCodes)[number];

/** `message` is one or two plain sentences for a person: what happened, and what to do. It never holds a key. */
export type Failure = {
  readonly code: FailureCode;
  readonly message: string;
  /** When trying again can help, in ms since the epoch. */
  readonly retryAt?: number | undefined;
  /** What the log calls this, for `internal` only. */
  readonly reference?: string | undefined;
};

export function failure(code: FailureCode, message: string, more: Omit<Failure, 'code' | 'message'> = {}): Failure {
  return { code, message, ...more };
}

import type { FailureCode } from '../../domain/failure.ts';

/** The process's exit codes. 4: some files failed, and nothing worse. */
export const exitCodes = {
  'bad-input': 2,
  'unknown-command': 2,
  'not-here': 2,
  'query-mistake': 2,
  'template-mistake': 2,
  'no-account': 2,
  'unknown-account': 2,
  'name-taken': 2,
  'several-accounts': 2,
  'unknown-handle': 2,
  'unknown-selection': 2,
  'unknown-batch': 2,
  'nothing-known': 2,
  'newer-data': 2,
  'bad-request': 3,
  unauthorized: 3,
  forbidden: 3,
  'no-such-user': 3,
  'not-permitted': 3,
  'allowance-used-up': 6,
  throttled: 5,
  offline: 5,
  'name-not-found': 5,
  'connection-refused': 5,
  'tls-refused': 5,
  'proxy-refused': 5,
  'timed-out': 5,
  'server-error': 5,
  'not-the-api': 5,
  'cut-off': 5,
  'some-failed': 4,
  differs: 4,
  'vault-locked': 7,
  'vault-missing': 7,
  'key-missing': 7,
  'wrong-passphrase': 7,
  'disk-full': 8,
  'not-writable': 8,
  'data-damaged': 8,
  busy: 9,
  cancelled: 130,
  internal: 1,
} as const satisfies Record<FailureCode, number>;

/** Exit codes, most severe first, for commands with several failures. */
const severity = [1, 130, 8, 7, 9, 6, 3, 5, 4, 2, 0];

export function exitCodeOf(code: FailureCode): number {
  return exitCodes[code];
}

export function gravest(codes: readonly number[]): number {
  return severity.find((code) => codes.includes(code)) ?? 0;
}

import type { FailureCode } from '../domain/failure.ts';
import type { Translate, MessageKey } from './messages.ts';

/** Titles of failures; the failure's own sentence says the rest, and what to do. */
const failureTitles: Readonly<Record<FailureCode, MessageKey>> = {
  'bad-input': 'failure.badInput',
  'unknown-command': 'failure.unknownCommand',
  'not-here': 'failure.notHere',
  'query-mistake': 'failure.queryMistake',
  'template-mistake': 'failure.templateMistake',
  'no-account': 'failure.noAccount',
  'unknown-account': 'failure.unknownAccount',
  'name-taken': 'failure.nameTaken',
  'several-accounts': 'failure.severalAccounts',
  'unknown-handle': 'failure.unknownHandle',
  'unknown-selection': 'failure.unknownSelection',
  'unknown-batch': 'failure.unknownBatch',
  'nothing-known': 'failure.nothingKnown',
  'newer-data': 'failure.newerData',
  'bad-request': 'failure.badRequest',
  unauthorized: 'failure.unauthorized',
  forbidden: 'failure.forbidden',
  'no-such-user': 'failure.noSuchUser',
  'allowance-used-up': 'failure.allowanceUsedUp',
  'not-permitted': 'failure.notPermitted',
  throttled: 'failure.throttled',
  offline: 'failure.offline',
  'name-not-found': 'failure.nameNotFound',
  'connection-refused': 'failure.connectionRefused',
  'tls-refused': 'failure.tlsRefused',
  'proxy-refused': 'failure.proxyRefused',
  'timed-out': 'failure.timedOut',
  'server-error': 'failure.serverError',
  'not-the-api': 'failure.notTheApi',
  'cut-off': 'failure.cutOff',
  'some-failed': 'failure.someFailed',
  differs: 'failure.differs',
  'vault-locked': 'failure.vaultLocked',
  'vault-missing': 'failure.vaultMissing',
  'key-missing': 'failure.keyMissing',
  'wrong-passphrase': 'failure.wrongPassphrase',
  'disk-full': 'failure.diskFull',
  'not-writable': 'failure.notWritable',
  'data-damaged': 'failure.dataDamaged',
  busy: 'failure.busy',
  cancelled: 'failure.cancelled',
  internal: 'failure.internal',
};

/** Returns the title of a failure, with the retry time if waiting helps. An unknown code is from a newer version. */
export function failureTitle(
  { code, retryAt }: { readonly code: string; readonly retryAt?: number | undefined },
  translate: Translate,
  date: (ms: number) => string,
): string {
  if (code === 'throttled' && retryAt !== undefined)
    return translate('failure.throttledUntil', { time: date(retryAt) });
  return translate(isKnown(code) ? failureTitles[code] : failureTitles.internal);
}

function isKnown(code: string): code is FailureCode {
  return Object.hasOwn(failureTitles, code);
}

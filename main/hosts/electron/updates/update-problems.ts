import { failure, type Failure } from '../../../domain/failure.ts';

/** Maps electron-updater's errors, by their code or Chromium's message. */
export function explainUpdate(error: unknown): Failure {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const errorText = error instanceof Error ? error.message : String(error);
  if (code === 'ERR_CHECKSUM_MISMATCH') {
    return failure('differs', 'The update came damaged and was thrown away. Try again.');
  }
  if (
    code === 'ERR_UPDATER_INVALID_SIGNATURE' ||
    /code signature|not signed by the application owner/iu.test(errorText)
  ) {
    return unsigned();
  }
  if (
    code === 'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND' ||
    code.startsWith('HTTP_ERROR') ||
    /invalid update info/iu.test(errorText)
  ) {
    return failure('server-error', 'The update server does not answer as it should. Try again later.');
  }
  if (
    /^E[A-Z]+$/u.test(code) ||
    /net::ERR_|ECONN|ENOTFOUND|socket hang up|timed? ?out|Request has been aborted/iu.test(errorText)
  ) {
    return failure('offline', 'The update server can’t be reached. Check the connection and try again.');
  }
  const message = `The update did not work (${errorText.slice(0, 200)}). Download the new version from where you got this one.`;
  return failure('some-failed', message);
}

export function unsigned(): Failure {
  const message =
    'The update is not signed by the makers of Contact Sheet, so it was not installed. Please report this.';
  return failure('not-permitted', message);
}

import { fetchCodes, type FetchCode, type FetchProblem } from '../../../domain/network/fetch-problem.ts';
import type { ImageFailure, ImageFailureCode } from '../../../domain/image/image-failure.ts';
import { fileSystemCode } from '../../../domain/files/system-error.ts';
import type { ThumbnailProblem } from '../../../ports/thumbnailer.ts';
import type { ImageFileFacts } from '../../../adapters/storage/images/image-lookup.ts';

function failure(code: ImageFailureCode, message: string, canRetry = false): ImageFailure {
  return { code, message, canRetry, retryAt: null };
}

export const unknownImage = failure('unknown-image', 'This image is not in the catalogue any more.');
export const cancelled = failure('cancelled', 'Nobody was waiting for this picture any more.', true);
export const notAnImageFailure = failure(
  'not-a-picture',
  'By its extension this file is no picture. It can be downloaded.',
);
export const switchedOff = failure(
  'switched-off',
  'This picture was not downloaded yet, and fetching pictures to show them is switched off in the settings.',
  true,
);
export const vanished = failure('damaged', 'The file of this picture vanished while it was read. Try again.', true);

export function tooLarge(mostBytes: number): ImageFailure {
  const megabytes = Math.round(mostBytes / 1024 / 1024);
  return failure(
    'too-large',
    `This file is larger than ${megabytes} MB, too large to be fetched only to be shown. Download it.`,
  );
}

export function notMade({ code, message }: ThumbnailProblem): ImageFailure {
  return failure(code === 'missing' ? 'damaged' : code, message, code === 'too-slow' || code === 'missing');
}

const isFull = ['ENOSPC', 'EDQUOT'];

/** The cache can't be written; undefined for an error that is not the disk's. */
export function diskFailure(error: unknown): ImageFailure | undefined {
  const code = fileSystemCode(error);
  if (code === undefined) return undefined;
  return cacheFailure(isFull.includes(code) ? 'disk-full' : 'not-writable');
}

export function cacheFailure(code: 'disk-full' | 'not-writable'): ImageFailure {
  const message =
    code === 'disk-full'
      ? 'There is no space left on the disk to keep this picture. Free some, then try again.'
      : 'The cache folder can’t be written, so this picture can’t be kept. Allow it in the folder’s permissions, then try again.';
  return failure(code, message, true);
}

/** What says something of the image, and not of this machine or of the way to its host. */
const ofTheImage: readonly FetchCode[] = [
  ...(['not-found', 'refused', 'unexpected-answer', 'not-permitted', 'redirect-loop'] as const),
  ...(['empty', 'web-page', 'not-a-picture', 'cut-off'] as const),
];
/** Of those, what a later attempt may well find mended. */
const mayBeMended: readonly FetchCode[] = ['empty', 'web-page', 'cut-off'];

/** Whether the image is to be called broken: asking again gives the same until somebody changes something. */
export function reportsBroken({ code, canRetry }: Pick<FetchProblem, 'code' | 'canRetry'>): boolean {
  return ofTheImage.includes(code) && !(code === 'cut-off' && canRetry);
}

/** Why the image is known as broken, from an earlier attempt by whomever; undefined where trying again may help. */
export function knownFailure({ broken }: ImageFileFacts): ImageFailure | undefined {
  const code = fetchCodes.find((each) => each === broken?.code);
  if (broken === null || code === undefined || !ofTheImage.includes(code)) return undefined;
  return failure(code, broken.message, mayBeMended.includes(code));
}

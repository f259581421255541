import { fetchCodes } from '../network/fetch-problem.ts';

/** Why an image can't be shown, in one closed union. */
export const imageFailureCodes = [
  ...fetchCodes,
  'unknown-image',
  /** Its bytes are not here, and may not be fetched. */
  'switched-off',
  'too-large',
  // what was made of its bytes
  'unreadable',
  'damaged',
  'too-slow',
  'unavailable',
] as const;

export type ImageFailureCode = (typeof imageFailureCodes)[number];

export type ImageFailure = {
  readonly code: ImageFailureCode;
  /** One or two plain sentences: what happened, and what to do. */
  readonly message: string;
  /** Whether trying again can help. */
  readonly canRetry: boolean;
  /** ms since the epoch: before it nothing is tried again by itself; null where that has no time. */
  readonly retryAt: number | null;
};

/** What a picture is shown as: a small one, one that fills a screen, or the file itself. */
export const imageSizes = ['thumbnail', 'preview', 'original'] as const;
export type ImageSize = (typeof imageSizes)[number];

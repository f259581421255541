import type { Result } from '../domain/result.ts';

/** Why a file gave no small picture; `missing`: there was no file, `unavailable`: nothing here can read pictures. */
export type ThumbnailProblem = {
  readonly code: 'missing' | 'unreadable' | 'damaged' | 'too-large' | 'too-slow' | 'unavailable';
  /** A plain sentence. */
  readonly message: string;
};

/** Makes small pictures from files that nobody vouches for. */
export type Thumbnailer = {
  /**
   * A WebP picture that fits into a square of so many pixels, upright; of what moves the first frame. Stops by the signal
   * where that is possible; what it answers then means nothing.
   */
  make(path: string, boxPixels: number, signal?: AbortSignal): Promise<Result<Uint8Array, ThumbnailProblem>>;
  /** What it works with, for people; undefined where that can't be loaded. */
  describe(): Promise<string | undefined>;
};

import type { ThumbnailProblem } from '../../ports/thumbnailer.ts';
import type { BaseOrder } from '../../features/sample/images/base-picture.ts';

/** Which build of the library the process works with; the usual one unless it says `wasm`. */
export const imageBuildVariable = 'CONTACT_SHEET_PICTURE_BUILD';

/** Set where the process gives way to whoever waits for something else. */
export const lowPriorityVariable = 'CONTACT_SHEET_PICTURES_STAND_BACK';

/** One wish to the process that makes pictures, a line of JSON; many may be under way. */
export type ImageRequest = { readonly id: number } & ImageJob;
export type ImageJob =
  | {
      readonly kind: 'shrink';
      readonly path: string;
      readonly boxPixels: number;
      /** Answers with a problem once the process takes more memory than this. */
      readonly mostMemoryBytes?: number;
    }
  | { readonly kind: 'render'; readonly order: BaseOrder }
  | { readonly kind: 'describe' };

/** Its answer; `bytes` in base64, `failed` with the library's own words. */
export type ImageReply = {
  readonly id: number;
  readonly bytes?: string;
  readonly words?: string | undefined;
  readonly problem?: ThumbnailProblem;
  readonly failed?: string;
  /** The process still works on it, or keeps much memory, and has to be killed. */
  readonly isSpent?: boolean;
};

import type { ThumbnailProblem } from '../../ports/thumbnailer.ts';
import type { BaseOrder } from '../../features/sample/images/base-picture.ts';

/** Selects the library's build: `wasm`, or the native one by default. */
export const imageBuildVariable = 'CONTACT_SHEET_PICTURE_BUILD';

/** Set if the process runs at low priority. */
export const lowPriorityVariable = 'CONTACT_SHEET_PICTURES_STAND_BACK';

/** A request to the image process, one line of JSON; several may be pending. */
export type ImageRequest = { readonly id: number } & ImageJob;
export type ImageJob =
  | {
      readonly kind: 'shrink';
      readonly path: string;
      readonly boxPixels: number;
      /** Replies with a problem once the process uses more memory than this. */
      readonly mostMemoryBytes?: number;
    }
  | { readonly kind: 'render'; readonly order: BaseOrder }
  | { readonly kind: 'describe' };

/** The process's reply; `bytes` is base64, `failed` the library's error message. */
export type ImageReply = {
  readonly id: number;
  readonly bytes?: string;
  readonly words?: string | undefined;
  readonly problem?: ThumbnailProblem;
  readonly failed?: string;
  /** The process is still busy or keeps much memory, so it must be killed. */
  readonly isSpent?: boolean;
};

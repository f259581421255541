import { z } from 'zod';
import { imageFailureCodes } from '../../domain/image/image-failure.ts';
import { command } from '../command.ts';
import { Count, Id, Nothing, Time } from '../common.ts';

const Key = z.object({ accountId: Id, id: z.int() });

/** `retryAt`: before it nothing is tried again by itself; null where that has no time. */
export const ImageFailureSchema = z.object({
  code: z.enum(imageFailureCodes),
  message: z.string(),
  canRetry: z.boolean(),
  retryAt: Time.nullable(),
});

export const thumbnailCommands = {
  /** Why the image could not be shown the last time; null where nothing is known to be the matter. */
  'thumbnails.explain': command(Key, ImageFailureSchema.nullable()),
  /** Forgets why, so that the next request for its picture tries again. */
  'thumbnails.retry': command(Key, Nothing),
  /** What the small pictures and the files that were fetched for them take, in bytes. */
  'thumbnails.usage': command(z.object({}), z.object({ thumbnails: Count, originals: Count })),
  'thumbnails.clear': command(z.object({}), Nothing),
};

import { z } from 'zod';
import { Count, Id, QueryText } from './common.ts';

export const ImageKeySchema = z.object({ accountId: Id, id: z.int() });

/** Names a selection that the core holds (domain/image/selection.ts). */
export const SelectionHandleSchema = z.string().min(1).max(64);

const ResultHandle = z.int().positive();

const ImageSetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('images'), images: z.array(ImageKeySchema).max(10_000).readonly() }),
  z.object({ kind: z.literal('positions'), handle: ResultHandle, from: Count, to: Count }),
  z.object({ kind: z.literal('span'), handle: ResultHandle, from: ImageKeySchema, to: ImageKeySchema }),
  z.object({ kind: z.literal('query'), query: QueryText }),
]);

export const SelectionChangeSchema = z.object({
  /** The selection that is changed, which stays as it is; null begins with no image. */
  selection: SelectionHandleSchema.nullable().default(null),
  how: z.enum(['add', 'remove', 'flip']),
  what: ImageSetSchema,
});

import { z } from 'zod';
import { Id, QueryText } from './common.ts';

export const ImageKeySchema = z.object({ accountId: Id, id: z.int() });

const ImageSetSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('images'), images: z.array(ImageKeySchema).max(10_000).readonly() }),
  z.object({ kind: z.literal('result'), query: QueryText }),
  z.object({ kind: z.literal('span'), query: QueryText, from: ImageKeySchema, to: ImageKeySchema }),
]);

/** Steps applied in order to nothing (domain/selection.ts). */
export const SelectionSchema = z
  .array(z.object({ how: z.enum(['add', 'remove', 'flip']), what: ImageSetSchema }))
  .max(1000)
  .readonly();

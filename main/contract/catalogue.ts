import { z } from 'zod';
import { command } from './command.ts';
import { Count, Id, MistakeSchema, Nothing, QueryText, Time } from './common.ts';

/** One image as clients show it. Times are ms since the epoch; null is unknown. */
export const ImageRow = z.object({
  accountId: Id,
  account: z.string(),
  id: z.int(),
  name: z.string(),
  ext: z.string(),
  url: z.string(),
  /** `text` as the API said it; `bytes` exact once the bytes were seen, else what the text says. */
  size: z.object({ text: z.string(), bytes: z.number().nullable(), exact: z.boolean() }),
  folder: z.string(),
  firstSeen: Time,
  lastSeen: Time,
  state: z.enum(['present', 'gone']),
  /** The newest verified path of a saved copy. */
  downloaded: z.string().nullable(),
  sha256: z.string().nullable(),
  width: Count.nullable(),
  height: Count.nullable(),
  type: z.string().nullable(),
  animated: z.boolean().nullable(),
  broken: z.boolean(),
  tags: z.array(z.string()),
});
export type ImageRow = z.output<typeof ImageRow>;

/** `bytes` adds up the exact and the approximate; the other two count images. */
export const QueryTotals = z.object({ count: Count, bytes: z.number(), approximate: Count, unknown: Count });
export type QueryTotals = z.output<typeof QueryTotals>;

const Handle = z.int().positive();

export const catalogueCommands = {
  /** The handle stays good until it is released, or until many newer ones took its place. */
  'catalogue.query': command(
    z.object({ text: QueryText }),
    z.object({ handle: Handle, totals: QueryTotals, mistakes: z.array(MistakeSchema) }),
  ),
  /** Rows from position `from` up to, and without, `to`, in the result's order; at most 5,000. */
  'catalogue.rows': command(
    z
      .object({ handle: Handle, from: Count, to: Count })
      .refine(({ from, to }) => to >= from && to - from <= 5000, { error: 'wants a range of at most 5,000 rows' }),
    z.array(ImageRow),
  ),
  'catalogue.release': command(z.object({ handle: Handle }), Nothing),
};

import { z } from 'zod';
import { sortKeys } from '../../domain/query/query-tree.ts';
import { command } from '../command.ts';
import { Count, Id, MistakeSchema, Nothing, QueryText, Time } from '../common.ts';
import { ImageKeySchema, SelectionChangeSchema, SelectionHandleSchema } from '../selection.ts';

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

/** `lost` counts images that were selected and are no longer in the library, as their account was removed. */
export const SelectionTotals = QueryTotals.extend({ lost: Count });
export type SelectionTotals = z.output<typeof SelectionTotals>;

/** The counts to make at one moment. */
const CountsAsked = z.object({
  texts: z.array(QueryText).max(100).default([]),
  /** Syncs whose new images are counted. */
  syncs: z.array(Id).max(100).default([]),
  selection: SelectionHandleSchema.nullable().default(null),
});

/** Counts of one moment, which therefore agree with one another. */
export const Counts = z.object({
  /** One for each text, in their order. */
  totals: z.array(QueryTotals),
  /** Images that are present, by account. */
  accounts: z.array(z.object({ accountId: Id, images: Count })),
  /** Images that each of the syncs saw first, in their order. */
  added: z.array(Count),
  /** null if there is no selection, or it is no longer held. */
  selection: SelectionTotals.nullable(),
});
export type Counts = z.output<typeof Counts>;

/** A number is bytes, ms since the epoch, pixels or an id, by what is sorted by; null is unknown. */
export const ResultScale = z.object({
  sort: z.object({ key: z.enum(sortKeys), descending: z.boolean() }),
  marks: z.array(z.object({ position: Count, value: z.union([z.number(), z.string(), z.null()]) })),
});

const Handle = z.int().positive();

/** Positions in a result from `from` up to, and without, `to`; at most 5,000. */
const Range = z.object({ handle: Handle, from: Count, to: Count });
const isRange = ({ from, to }: z.output<typeof Range>) => to >= from && to - from <= 5000;
const rangeError = { error: 'wants a range of at most 5,000 rows' };

export const catalogueCommands = {
  /** The handle stays good until it is released, or until many newer ones took its place. */
  'catalogue.query': command(
    /** `take`: how many of the first rows come along, up to one that is no more. */
    z.object({
      text: QueryText,
      take: z.int().min(0).max(500).default(0),
      /** Counted at the same moment. */
      counts: CountsAsked.optional(),
    }),
    z.object({
      handle: Handle,
      totals: QueryTotals,
      mistakes: z.array(MistakeSchema),
      rows: z.array(ImageRow),
      counts: Counts.nullable(),
    }),
  ),
  /** `result`: adds up the images of a held result; null if no handle is given, or it is no longer held. */
  'catalogue.counts': command(
    CountsAsked.extend({ handle: Handle.nullable().default(null) }),
    Counts.extend({ result: QueryTotals.nullable() }),
  ),
  /** In the result's order, as the catalogue has them now; null at the place of an image that is no more. */
  'catalogue.rows': command(Range.refine(isRange, rangeError), z.array(ImageRow.nullable())),
  /** What `catalogue.query` gives first for an empty text, without waiting for the index: a first screen. */
  'catalogue.newest': command(
    z.object({ limit: z.int().min(1).max(500) }),
    z.object({ count: Count, rows: z.array(ImageRow) }),
  ),
  'catalogue.image': command(ImageKeySchema, ImageRow.nullable()),
  /** Where an image stands in a result; null where it is not in it. */
  'catalogue.position': command(z.object({ handle: Handle, image: ImageKeySchema }), Count.nullable()),
  /** What the result sorts by at so many of its positions, evenly spread from the first to the last: a scrubber's labels. */
  'catalogue.scale': command(z.object({ handle: Handle, steps: z.int().min(2).max(500) }), ResultScale),
  'catalogue.release': command(z.object({ handle: Handle }), Nothing),
  /**
   * Makes a selection of the images that are meant now; it stays so, whatever becomes known of them. `isAnchored` is
   * false if a span had only its end, as its beginning is not in the result.
   */
  'selection.change': command(
    SelectionChangeSchema,
    z.object({ selection: SelectionHandleSchema, totals: SelectionTotals, isAnchored: z.boolean() }),
  ),
  /** Adds up a selection's images as they are known now. */
  'selection.measure': command(z.object({ selection: SelectionHandleSchema }), SelectionTotals),
  /** The first of a selection's images, the newest first. */
  'selection.rows': command(
    z.object({ selection: SelectionHandleSchema, limit: z.int().min(1).max(1000) }),
    z.array(ImageRow),
  ),
  /** Which images of a range of a result are selected. */
  'selection.marks': command(
    Range.extend({ selection: SelectionHandleSchema }).refine(isRange, rangeError),
    z.array(z.boolean()),
  ),
  /** `mayReturn`: its page was closed, and another page may take its place: it is kept until four more were. */
  'selection.release': command(
    z.object({ selection: SelectionHandleSchema, mayReturn: z.boolean().default(false) }),
    Nothing,
  ),
};

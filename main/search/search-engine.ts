import type { ImageKey } from '../domain/image.ts';
import type { ParsedQuery } from '../domain/query/parse-query.ts';
import type { ImageTarget, Selection } from '../domain/selection.ts';

/** `bytes` adds up the exact and the approximate; the other two count images. */
export type Totals = {
  readonly count: number;
  readonly bytes: number;
  readonly approximate: number;
  readonly unknown: number;
};

export type Found = { readonly handle: number; readonly totals: Totals };

/**
 * Answers queries over the whole catalogue. A handle names a result that stays as it was found, until it is released or
 * many newer ones took its place; what is asked of an unknown one answers undefined.
 */
export type SearchEngine = {
  query(query: ParsedQuery): Promise<Found>;
  count(queries: readonly ParsedQuery[]): Promise<Totals[]>;
  /** From position `from` up to, and without, `to`, in the result's order. */
  keys(handle: number, from: number, to: number): Promise<ImageKey[] | undefined>;
  /** null where it is not in the result. */
  position(handle: number, key: ImageKey): Promise<{ position: number | null } | undefined>;
  measure(selection: Selection): Promise<Totals>;
  /** Which images of a range of a result are selected. */
  marks(handle: number, from: number, to: number, selection: Selection): Promise<boolean[] | undefined>;
  /** Every image of the target in its order, each once. */
  all(target: ImageTarget): Promise<readonly ImageKey[]>;
  release(handle: number): void;
  close(): Promise<void>;
};

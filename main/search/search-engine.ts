import { failure, type Failure } from '../domain/failure.ts';
import type { ImageKey } from '../domain/image.ts';
import type { KeyColumns } from '../domain/image-list.ts';
import type { ParsedQuery } from '../domain/query/parse-query.ts';
import type { Sort } from '../domain/query/query-tree.ts';
import type { Result } from '../domain/result.ts';
import type { ImageTarget, Selection } from '../domain/selection.ts';

/** `bytes` adds up the exact and the approximate; the other two count images. */
export type Totals = {
  readonly count: number;
  readonly bytes: number;
  readonly approximate: number;
  readonly unknown: number;
};

export type Found = {
  readonly handle: number;
  readonly totals: Totals;
  /** The first of them, as many as were asked for. */
  readonly first: readonly ImageKey[];
};

/** What a result sorts by at some of its positions: a number (bytes, ms, pixels, an id) or a text; null is unknown. */
export type Scale = {
  readonly sort: Sort;
  readonly marks: readonly { readonly position: number; readonly value: number | string | null }[];
};

/**
 * Answers queries over the whole catalogue. A handle names a result that stays as it was found, until it is released or
 * many newer ones took its place: what is asked of an unknown one fails with `unknown-handle`. A query whose regular
 * expressions take too long fails with `query-mistake`.
 */
export type SearchEngine = {
  /** `take`: how many of the first come along, whatever becomes of the handle. */
  query(query: ParsedQuery, take?: number): Promise<Result<Found>>;
  count(queries: readonly ParsedQuery[]): Promise<Result<Totals[]>>;
  /** From position `from` up to, and without, `to`, in the result's order. */
  keys(handle: number, from: number, to: number): Promise<Result<readonly ImageKey[]>>;
  /** null where it is not in the result. */
  position(handle: number, key: ImageKey): Promise<Result<number | null>>;
  /** So many positions (2 or more), evenly spread from the first to the last. */
  scale(handle: number, steps: number): Promise<Result<Scale>>;
  measure(selection: Selection): Promise<Result<Totals>>;
  /** Which images of a range of a result are selected. */
  marks(
    handle: number,
    range: { readonly from: number; readonly to: number },
    selection: Selection,
  ): Promise<Result<boolean[]>>;
  /** Every image of the target in its order, each once. */
  all(target: ImageTarget): Promise<Result<KeyColumns>>;
  release(handle: number): void;
  close(): Promise<void>;
};

export function unknownHandle(): Failure {
  return failure('unknown-handle', 'This result is no longer kept. Search again.');
}

/** At most `steps` positions of a list, evenly spread, its ends included, each once. */
export function spreadPositions(length: number, steps: number): number[] {
  const count = Math.min(length, steps);
  return Array.from({ length: count }, (_, step) =>
    count === 1 ? 0 : Math.round((step * (length - 1)) / (count - 1)),
  );
}

import { failure, type Failure } from '../../../domain/failure.ts';
import type { ImageKey } from '../../../domain/image/image.ts';
import type { KeyColumns } from '../../../domain/image/image-list.ts';
import type { ParsedQuery } from '../../../domain/query/parse/parse-query.ts';
import type { Sort } from '../../../domain/query/query-tree.ts';
import type { Result } from '../../../domain/result.ts';
import type { ImageTarget, SelectionChange, SelectionHandle } from '../../../domain/image/selection.ts';

/** `bytes` adds up the exact and the approximate; the other two count images. */
export type Totals = {
  readonly count: number;
  readonly bytes: number;
  readonly approximate: number;
  readonly unknown: number;
};

/** `lost` counts images that were selected and are no longer in the library, as their account was removed. */
export type SelectionTotals = Totals & { readonly lost: number };

/** The counts to make at one moment. */
export type CountsAsked = {
  readonly queries: readonly ParsedQuery[];
  /** Syncs whose new images are counted. */
  readonly syncs: readonly number[];
  readonly selection: SelectionHandle | null;
};

export type Counts = {
  readonly totals: readonly Totals[];
  /** Images that are present, by account. */
  readonly accounts: readonly { readonly accountId: number; readonly images: number }[];
  /** Images that each of the syncs saw first. */
  readonly added: readonly number[];
  /** null if there is no selection, or it is no longer held. */
  readonly selection: SelectionTotals | null;
};

export type Found = {
  readonly handle: number;
  readonly totals: Totals;
  /** The first of them, as many as were asked for. */
  readonly first: readonly ImageKey[];
  /** Counts of the same moment as the result; null if none were asked for. */
  readonly counts: Counts | null;
};

export type Selected = {
  readonly selection: SelectionHandle;
  readonly totals: SelectionTotals;
  /** False if a span had only its end, as the image that it was to begin at is not in the result. */
  readonly isAnchored: boolean;
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
  query(query: ParsedQuery, take?: number, counts?: CountsAsked): Promise<Result<Found>>;
  /** Counts everything at one moment; `result` adds up the images of a held result, and is null without one. */
  counts(asked: CountsAsked, handle: number | null): Promise<Result<Counts & { readonly result: Totals | null }>>;
  /** From position `from` up to, and without, `to`, in the result's order. */
  keys(handle: number, from: number, to: number): Promise<Result<readonly ImageKey[]>>;
  /** null where it is not in the result. */
  position(handle: number, key: ImageKey): Promise<Result<number | null>>;
  /** So many positions (2 or more), evenly spread from the first to the last. */
  scale(handle: number, steps: number): Promise<Result<Scale>>;
  /** Evaluates a change at once and holds what comes of it, until it is released. */
  select(change: SelectionChange): Promise<Result<Selected>>;
  measure(selection: SelectionHandle): Promise<Result<SelectionTotals>>;
  /** Which images of a range of a result are selected. */
  marks(
    handle: number,
    range: { readonly from: number; readonly to: number },
    selection: SelectionHandle,
  ): Promise<Result<boolean[]>>;
  /** `mayReturn`: its page was closed, and another one may take its place. */
  releaseSelection(selection: SelectionHandle, mayReturn: boolean): void;
  /** Every image of the target in its order, each once. */
  all(target: ImageTarget): Promise<Result<KeyColumns>>;
  release(handle: number): void;
  close(): Promise<void>;
};

export function unknownHandle(): Failure {
  return failure('unknown-handle', 'This result is no longer kept. Search again.');
}

export function unknownSelection(): Failure {
  return failure('unknown-selection', 'This selection is no longer kept. Select the images again.');
}

/** At most `steps` positions of a list, evenly spread, its ends included, each once. */
export function spreadPositions(length: number, steps: number): number[] {
  const count = Math.min(length, steps);
  return Array.from({ length: count }, (_, step) =>
    count === 1 ? 0 : Math.round((step * (length - 1)) / (count - 1)),
  );
}

import type { CatalogueImage, ImageKey } from './image.ts';

/** Keys in columns, which cross to another thread without a copy. */
export type KeyColumns = { readonly ids: Float64Array<ArrayBuffer>; readonly accountIds: Float64Array<ArrayBuffer> };

/** Images in an order, each once, of which only the keys are in memory: the rows are read as they are iterated. */
export type ImageList = {
  /** Of the keys. */
  readonly length: number;
  /** From position `from` up to, and without, `to`, some hundred at once; without those that are no more. */
  pieces(from?: number, to?: number): AsyncIterable<readonly CatalogueImage[]>;
};

export function keyAt({ ids, accountIds }: KeyColumns, position: number): ImageKey {
  return { accountId: accountIds[position] ?? 0, id: ids[position] ?? 0 };
}

export function toKeyColumns(keys: readonly ImageKey[]): KeyColumns {
  return {
    ids: Float64Array.from(keys, ({ id }) => id),
    accountIds: Float64Array.from(keys, ({ accountId }) => accountId),
  };
}

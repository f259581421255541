import type { ImageKey } from '../../../domain/image/image.ts';
import type { QueryNode, SortKey } from '../../../domain/query/query-tree.ts';
import { forEachRow, type Bitmap } from '../evaluate/bitmap.ts';
import { evaluateTree, patternCandidates, patternsIn, type Evaluation } from '../evaluate/evaluate-tree.ts';
import {
  appendImage,
  createTable,
  dropRow,
  isLive,
  sliceNames,
  tidyNames,
  updateImage,
  type ImageTable,
} from './image-table.ts';
import type { CatalogueContext, ChangedImage, IndexSource } from '../engine/index-source.ts';
import { createNameTests, type NameTests } from '../evaluate/name-tests.ts';
import { createOrders, type Orders } from '../order/orders.ts';
import { createPatternMemo } from '../evaluate/pattern-memo.ts';

/** Table and orders of one reading of the catalogue, and the questions that they answer. */
export type ImageIndex = {
  readonly table: ImageTable;
  readonly orders: Orders;
  /** Undefined where regular expressions have more to be asked: ask again, after others had their turn. */
  find(tree: QueryNode, now: number): Bitmap | undefined;
  rowOf(key: ImageKey): number;
  change(context: CatalogueContext, images: readonly ChangedImage[]): void;
};

export function loadIndex(source: IndexSource, elapsedMs: () => number): ImageIndex {
  const table = createTable(source.estimate() * 1.05 + 1024);
  source.load((image) => void appendImage(table, image, true));
  sliceNames(table);
  // Asked afterwards: what changes in between is told as a change.
  return createImageIndex(table, createOrders(table), source.context(), elapsedMs);
}

export function createImageIndex(
  table: ImageTable,
  orders: Orders,
  context: CatalogueContext,
  elapsedMs: () => number,
): ImageIndex {
  let known = context;
  let names: NameTests = createNameTests(table);
  const patterns = createPatternMemo(elapsedMs);
  return {
    table,
    orders,
    rowOf: orders.find,
    find(tree, now) {
      const { accountNames, newestSyncs } = known;
      const evaluation: Evaluation = {
        ...{ table, names, matched: patterns.matched, accountNames, newest: newestSyncs, now },
      };
      const sources = patternsIn(tree);
      if (sources.length > 0 && !patterns.turn(table, sources, patternCandidates(evaluation, tree))) return undefined;
      return evaluateTree(evaluation, tree);
    },
    change(next, images) {
      const hasDropped = dropAccounts(table, known, next);
      known = next;
      const touched = applyChanges(table, orders, images, patterns.forget);
      if (hasDropped) names = createNameTests(table);
      else names.follow(touched);
    },
  };
}

/** Images whose account was erased go with it. False where none was. */
function dropAccounts(table: ImageTable, before: CatalogueContext, now: CatalogueContext): boolean {
  const { accounts, accountIds } = table.keys;
  const isErased = accountIds.map((id) => before.accountNames.has(id) && !now.accountNames.has(id));
  if (!isErased.includes(true)) return false;
  forEachRow(table.sets.live, (row) => {
    if (isErased[accounts[row] ?? 0] === true) dropRow(table, row);
  });
  return true;
}

/** Answers the rows that it touched. */
function applyChanges(
  table: ImageTable,
  orders: Orders,
  images: readonly ChangedImage[],
  forget: (row: number) => void,
): number[] {
  const moved = new Map<SortKey, number[]>();
  // Found before any is appended, as the order by which they are found would go along with each.
  const rows = images.map(({ key }) => orders.find(key));
  for (const [index, { image }] of images.entries()) {
    const row = rows[index] ?? -1;
    if (image === undefined) {
      if (row >= 0 && isLive(table, row)) dropRow(table, row);
    } else if (row < 0) {
      rows[index] = appendImage(table, image, false);
    } else {
      for (const sort of updateImage(table, row, image)) {
        if (sort === 'name') forget(row);
        const known = moved.get(sort);
        if (known === undefined) moved.set(sort, [row]);
        else known.push(row);
      }
    }
  }
  tidyNames(table);
  orders.change(moved);
  return rows.filter((row) => row >= 0);
}

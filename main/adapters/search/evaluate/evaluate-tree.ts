import { normalize } from '../../../domain/text/normalize.ts';
import { isOtherExtension } from '../../../domain/image-check/extensions.ts';
import { wantedWords } from '../../../domain/query/compile-test.ts';
import type { ImageState, QueryNode, QueryTest, WordField } from '../../../domain/query/query-tree.ts';
import { namesGone } from '../../../domain/query/query-tree.ts';
import { numberSpan, seenSpan, sizeSpans } from '../../../domain/query/spans.ts';
import { createBitmap, intersect, subtract, unite, type Bitmap } from './bitmap.ts';
import type { Dictionary } from '../table/dictionary.ts';
import type { ImageTable } from '../table/image-table.ts';
import { filterCodes, filterNumbers, type NumberColumn } from './filter-columns.ts';
import type { NameTests } from './name-tests.ts';
import type { IntegerColumn } from '../table/integer-column.ts';

export type Evaluation = {
  readonly table: ImageTable;
  readonly names: NameTests;
  /** By source; every name that is asked about was tested. */
  readonly matched: (source: string) => Bitmap;
  readonly accountNames: ReadonlyMap<number, string>;
  /** The syncs whose first sightings are new. */
  readonly newest: ReadonlySet<number>;
  /** ms since the epoch. */
  readonly now: number;
};

/** The images that a query means, as domain/query/compile-predicate.ts has it. */
export function evaluateTree(evaluation: Evaluation, tree: QueryNode): Bitmap {
  return evaluate(evaluation, tree, baseOf(evaluation.table, tree));
}

/** Those among which the patterns of the tree have to be asked: no fewer than it can come to ask. */
export function patternCandidates(evaluation: Evaluation, tree: QueryNode): Bitmap {
  const base = baseOf(evaluation.table, tree);
  if (tree.kind !== 'and') return base;
  const others = tree.children.filter((child) => !hasPattern(child));
  return others.length === 0 ? base : evaluate(evaluation, { kind: 'and', children: others }, base);
}

/** Gone images are left out unless they are named. */
function baseOf({ sets }: ImageTable, tree: QueryNode): Bitmap {
  const live = sets.live.slice();
  return namesGone(tree) ? live : subtract(live, sets.gone);
}

/** A set of its own, of what of `within` the node means. */
function evaluate(evaluation: Evaluation, node: QueryNode, within: Bitmap): Bitmap {
  switch (node.kind) {
    case 'all':
      return within.slice();
    case 'and':
      return byCost(node.children).reduce((found, child) => evaluate(evaluation, child, found), within);
    case 'or':
      return node.children.reduce(
        (found, child) => unite(found, evaluate(evaluation, child, within)),
        new Uint32Array(within.length),
      );
    case 'not':
      return subtract(within.slice(), evaluate(evaluation, node.child, within));
    default:
      return evaluateTest(evaluation, node, within);
  }
}

/** What is answered by few operations first, as the others are then asked of fewer. */
function byCost(nodes: readonly QueryNode[]): QueryNode[] {
  return [...nodes].sort((one, other) => costOf(one) - costOf(other));
}

function costOf(node: QueryNode): number {
  if (node.kind === 'is' || node.kind === 'has' || node.kind === 'animated') return 0;
  if (node.kind === 'text') return node.text.length < 2 ? 0 : 1;
  if (node.kind === 'pattern') return 5;
  if (node.kind === 'or' || node.kind === 'and') return Math.max(2, ...node.children.map(costOf));
  if (node.kind === 'not') return costOf(node.child);
  return node.kind === 'wildcard' ? 3 : 2;
}

function hasPattern(node: QueryNode): boolean {
  return patternsIn(node).length > 0;
}

/** The sources of the regular expressions of a tree. */
export function patternsIn(node: QueryNode): string[] {
  if (node.kind === 'and' || node.kind === 'or') return node.children.flatMap(patternsIn);
  if (node.kind === 'not') return patternsIn(node.child);
  return node.kind === 'pattern' ? [node.source] : [];
}

function evaluateTest(evaluation: Evaluation, test: QueryTest, within: Bitmap): Bitmap {
  const { table, names } = evaluation;
  const { numbers, sets } = table;
  switch (test.kind) {
    case 'text':
      return names.text(test.text, within);
    case 'wildcard':
      return names.wildcard(test.pattern, within);
    case 'pattern':
      return intersect(within.slice(), evaluation.matched(test.source));
    case 'word':
      return filterWords(evaluation, test.field, test.values, within);
    case 'number':
      return filterNumbers(numberColumn(table, test.field), test.tests.map(numberSpan), within);
    case 'size': {
      const { exact, nominal } = sizeSpans(test.test);
      const exactly = intersect(within.slice(), sets.exact);
      const roughly = intersect(subtract(within.slice(), sets.exact), sets.sized);
      return unite(
        filterNumbers({ values: numbers.sizes }, [exact], exactly),
        filterNumbers({ values: numbers.sizes }, [nominal], roughly),
      );
    }
    case 'seen': {
      const spans = test.tests.map((one) => seenSpan(one, evaluation.now));
      return filterNumbers({ values: numbers.firstSeen }, spans, within);
    }
    case 'is':
      return test.states.reduce(
        (found, state) => unite(found, filterState(evaluation, state, within)),
        new Uint32Array(within.length),
      );
    case 'has': {
      const tagged = [...table.tags.values()].reduce(unite, createBitmap(table.capacity));
      return intersect(within.slice(), tagged);
    }
    case 'animated':
      return intersect(within.slice(), test.value ? sets.animated : sets.still);
  }
}

function filterState({ table, newest }: Evaluation, state: ImageState, within: Bitmap): Bitmap {
  const { sets, codes } = table;
  switch (state) {
    case 'new': {
      return filterCodes(
        codes.syncs,
        table.syncIds.map((id) => newest.has(id)),
        within,
      );
    }
    case 'gone':
    case 'changed':
    case 'broken':
    case 'duplicate':
      return intersect(within.slice(), sets[state]);
    case 'downloaded':
      return intersect(within.slice(), sets.saved);
    case 'approximate':
      return subtract(within.slice(), sets.exact);
    case 'other':
      return filterCodes(codes.exts, table.exts.texts.map(isOtherExtension), within);
  }
}

function filterWords(
  { table, accountNames }: Evaluation,
  field: WordField,
  values: readonly string[],
  within: Bitmap,
): Bitmap {
  const wanted = wantedWords(field, values);
  const isWanted = (text: string) => wanted.has(normalize(text));
  const inDictionary = (codes: IntegerColumn, { texts }: Dictionary) => filterCodes(codes, texts.map(isWanted), within);
  switch (field) {
    case 'account': {
      const { accounts, accountIds } = table.keys;
      return filterCodes(
        accounts,
        accountIds.map((id) => isWanted(accountNames.get(id) ?? '')),
        within,
      );
    }
    case 'ext':
      return inDictionary(table.codes.exts, table.exts);
    case 'folder':
      return inDictionary(table.codes.folders, table.folders);
    case 'host':
      return inDictionary(table.codes.hosts, table.hosts);
    case 'type': {
      const known = table.types.texts.map((text, code) => code > 0 && isWanted(text));
      return filterCodes(table.codes.types, known, within);
    }
    case 'tag': {
      const tagged = [...table.tags].filter(([tag]) => isWanted(tag)).map(([, rows]) => rows);
      return intersect(within.slice(), tagged.reduce(unite, createBitmap(table.capacity)));
    }
  }
}

function numberColumn({ keys, numbers }: ImageTable, field: 'id' | 'rating' | 'width' | 'height'): NumberColumn {
  if (field === 'id') return { values: keys.ids };
  const values = { rating: numbers.ratings, width: numbers.widths, height: numbers.heights }[field];
  return { values, isShifted: true };
}

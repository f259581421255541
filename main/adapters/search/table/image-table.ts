import { normalize } from '../../../domain/text/normalize.ts';
import type { CatalogueImage, ImageKey } from '../../../domain/image/image.ts';
import type { SortKey } from '../../../domain/query/query-tree.ts';
import { createBitmap, growBitmap, hasRow, setRow, type Bitmap } from '../evaluate/bitmap.ts';
import { createDictionary, type Dictionary } from './dictionary.ts';
import { createSlices, growSlices, markText, tidySlices, type GramSlices } from '../evaluate/gram-slices.ts';
import { createArena, growArena, hasSameText, readText, writeText, type TextArena } from './text-arena.ts';
import { createIntegerColumn, growIntegerColumn, putInteger, type IntegerColumn } from './integer-column.ts';

/** What of an image is searched and sorted by. */
export type IndexedImage = Omit<
  CatalogueImage,
  'url' | 'sizeText' | 'sha256' | 'account' | 'lastSeen' | 'isNew' | 'savedPath' | 'tags'
> & {
  /** The sync that saw it first: whether that makes it new shifts with later ones. */
  readonly firstSync: number;
  readonly saved: boolean;
  readonly tags: readonly string[];
};

/** Which image a row is, for as long as the table lives. */
export type RowKeys = {
  ids: IntegerColumn;
  accounts: IntegerColumn;
  /** By code. */
  readonly accountIds: number[];
};

export const setNames = [
  ...['live', 'gone', 'changed', 'broken', 'saved', 'duplicate'],
  ...['exact', 'sized', 'animated', 'still'],
] as const satisfies readonly string[];

/** `exact` and `sized`: its bytes are known exactly, or at all. An image that is no more keeps its row and is not live. */
export type RowSets = Record<
  'live' | 'gone' | 'changed' | 'broken' | 'saved' | 'duplicate' | 'exact' | 'sized' | 'animated' | 'still',
  Bitmap
>;

/** Widths, heights and ratings stand here one greater than they are, and 0 is not known. */
export type RowNumbers = {
  /** Exact bytes, else what the API's text says; 0 where they are not known, which `sized` tells. */
  sizes: IntegerColumn;
  firstSeen: Float64Array<ArrayBuffer>;
  widths: IntegerColumn;
  heights: IntegerColumn;
  ratings: Uint8Array<ArrayBuffer>;
};

/** Codes of the dictionaries; type 0 is not known. */
export type RowCodes = {
  exts: IntegerColumn;
  folders: IntegerColumn;
  hosts: IntegerColumn;
  types: IntegerColumn;
  syncs: IntegerColumn;
};

export const codeNames = ['exts', 'folders', 'hosts', 'types', 'syncs'] as const;

/** The catalogue in columns. Rows are only ever added, and an image has the same row whatever changes. */
export type ImageTable = {
  rows: number;
  capacity: number;
  readonly keys: RowKeys;
  /** Folded. */
  readonly names: TextArena;
  /** As they are written, where that is something else. */
  readonly rawNames: TextArena;
  readonly numbers: RowNumbers;
  readonly codes: RowCodes;
  readonly sets: RowSets;
  readonly exts: Dictionary;
  readonly folders: Dictionary;
  readonly hosts: Dictionary;
  readonly types: Dictionary;
  readonly syncIds: number[];
  readonly tags: Map<string, Bitmap>;
  slices: GramSlices;
};

/** An empty table; its names are sliced by `sliceNames` once the first of them are in it. */
export function createTable(capacity: number): ImageTable {
  const rows = Math.max(1024, Math.ceil(capacity / 32) * 32);
  const names = createArena(rows, rows * 26);
  const set = () => createBitmap(rows);
  const sets = { live: set(), gone: set(), changed: set(), broken: set(), saved: set(), duplicate: set() };
  return {
    rows: 0,
    capacity: rows,
    keys: { ids: createIntegerColumn(rows, 4), accounts: createIntegerColumn(rows, 1), accountIds: [] },
    names,
    rawNames: createArena(rows, rows * 14),
    numbers: {
      sizes: createIntegerColumn(rows, 4),
      firstSeen: new Float64Array(rows),
      widths: createIntegerColumn(rows, 1),
      heights: createIntegerColumn(rows, 1),
      ratings: new Uint8Array(rows),
    },
    codes: {
      exts: createIntegerColumn(rows, 1),
      folders: createIntegerColumn(rows, 1),
      hosts: createIntegerColumn(rows, 1),
      types: createIntegerColumn(rows, 1),
      syncs: createIntegerColumn(rows, 1),
    },
    sets: { ...sets, exact: set(), sized: set(), animated: set(), still: set() },
    ...{ exts: createDictionary(), folders: createDictionary(), hosts: createDictionary() },
    types: createDictionary(['']),
    syncIds: [],
    tags: new Map(),
    slices: createSlices(names, 0, 0),
  };
}

/** Enters the names of all rows that were appended since the slices were made, and chooses the frequent pairs anew. */
export function sliceNames(table: ImageTable): void {
  table.slices = createSlices(table.names, table.rows, table.capacity);
}

/** After many rows were appended or renamed. */
export function tidyNames(table: ImageTable): void {
  tidySlices(table.slices, table.names, table.rows);
}

/** The new row. Its name is not sliced yet where `isBulk`: `sliceNames` follows. */
export function appendImage(table: ImageTable, image: IndexedImage, isBulk: boolean): number {
  if (table.rows === table.capacity) grow(table);
  const row = table.rows;
  table.rows += 1;
  const { keys } = table;
  keys.ids = putInteger(keys.ids, row, image.id);
  keys.accounts = putInteger(keys.accounts, row, accountCode(table, image.accountId));
  writeName(table, row, image.name);
  if (!isBulk) markText(table.slices, table.names, row, true);
  writeFields(table, row, image);
  return row;
}

/** Brings a row up to date; which orders it may stand elsewhere in now. */
export function updateImage(table: ImageTable, row: number, image: IndexedImage): SortKey[] {
  const moved = movedKeys(table, row, image);
  if (moved.includes('name')) {
    markText(table.slices, table.names, row, false);
    writeName(table, row, image.name);
    markText(table.slices, table.names, row, true);
  }
  writeFields(table, row, image);
  return moved;
}

/** The image is no more. What was known of it stays in the row, and in no result. */
export function dropRow(table: ImageTable, row: number): void {
  setRow(table.sets.live, row, false);
}

export function nameOf(table: ImageTable, row: number): string {
  return readText(hasRawName(table, row) ? table.rawNames : table.names, row);
}

function hasRawName(table: ImageTable, row: number): boolean {
  return (table.rawNames.lengths[row] ?? 0) > 0;
}

export function keyOf({ ids, accounts, accountIds }: RowKeys, row: number): ImageKey {
  return { accountId: accountIds[accounts[row] ?? 0] ?? 0, id: ids[row] ?? 0 };
}

function accountCode({ keys }: ImageTable, accountId: number): number {
  const known = keys.accountIds.indexOf(accountId);
  return known >= 0 ? known : keys.accountIds.push(accountId) - 1;
}

function syncCode({ syncIds }: ImageTable, syncId: number): number {
  const known = syncIds.lastIndexOf(syncId);
  return known >= 0 ? known : syncIds.push(syncId) - 1;
}

function writeName(table: ImageTable, row: number, name: string): void {
  const folded = normalize(name);
  writeText(table.names, row, folded);
  if (folded === name) table.rawNames.lengths[row] = 0;
  else writeText(table.rawNames, row, name);
}

function writeFields(table: ImageTable, row: number, image: IndexedImage): void {
  const { numbers, codes, sets } = table;
  const size = image.exactBytes ?? image.nominalBytes;
  numbers.sizes = putInteger(numbers.sizes, row, size ?? 0);
  numbers.firstSeen[row] = image.firstSeen;
  numbers.widths = putInteger(numbers.widths, row, (image.width ?? -1) + 1);
  numbers.heights = putInteger(numbers.heights, row, (image.height ?? -1) + 1);
  numbers.ratings[row] = (image.rating ?? -1) + 1;
  codes.exts = putInteger(codes.exts, row, table.exts.code(image.ext));
  codes.folders = putInteger(codes.folders, row, table.folders.code(image.folder));
  codes.hosts = putInteger(codes.hosts, row, table.hosts.code(image.host));
  codes.types = putInteger(codes.types, row, image.type === null ? 0 : table.types.code(image.type));
  codes.syncs = putInteger(codes.syncs, row, syncCode(table, image.firstSync));
  setRow(sets.live, row, true);
  setRow(sets.gone, row, image.gone);
  setRow(sets.changed, row, image.isChanged);
  setRow(sets.broken, row, image.broken);
  setRow(sets.saved, row, image.saved);
  setRow(sets.duplicate, row, image.duplicate);
  setRow(sets.exact, row, image.exactBytes !== null);
  setRow(sets.sized, row, size !== null);
  setRow(sets.animated, row, image.animated === true);
  setRow(sets.still, row, image.animated === false);
  for (const [tag, rows] of table.tags) if (!image.tags.includes(tag)) setRow(rows, row, false);
  for (const tag of image.tags) setRow(tagSet(table, tag), row, true);
}

function tagSet(table: ImageTable, tag: string): Bitmap {
  const known = table.tags.get(tag);
  if (known !== undefined) return known;
  const rows = createBitmap(table.capacity);
  table.tags.set(tag, rows);
  return rows;
}

function movedKeys(table: ImageTable, row: number, image: IndexedImage): SortKey[] {
  const { numbers, codes, sets } = table;
  const moved: SortKey[] = [];
  if (!hasSameText(hasRawName(table, row) ? table.rawNames : table.names, row, image.name)) moved.push('name');
  const size = hasRow(sets.sized, row) ? (numbers.sizes[row] ?? 0) : null;
  if (size !== (image.exactBytes ?? image.nominalBytes)) moved.push('size');
  if (numbers.firstSeen[row] !== image.firstSeen) moved.push('seen');
  if (numbers.widths[row] !== (image.width ?? -1) + 1) moved.push('width');
  if (table.exts.text(codes.exts[row] ?? 0) !== image.ext) moved.push('ext');
  if (table.folders.text(codes.folders[row] ?? 0) !== image.folder) moved.push('folder');
  return moved;
}

function grow(table: ImageTable): void {
  const rows = Math.ceil((table.capacity * 1.25) / 32) * 32;
  const { keys, numbers, codes, sets, tags } = table;
  keys.ids = growIntegerColumn(keys.ids, rows);
  keys.accounts = growIntegerColumn(keys.accounts, rows);
  numbers.sizes = growIntegerColumn(numbers.sizes, rows);
  numbers.firstSeen = longer(numbers.firstSeen, new Float64Array(rows));
  numbers.widths = growIntegerColumn(numbers.widths, rows);
  numbers.heights = growIntegerColumn(numbers.heights, rows);
  numbers.ratings = longer(numbers.ratings, new Uint8Array(rows));
  for (const name of codeNames) codes[name] = growIntegerColumn(codes[name], rows);
  for (const name of setNames) sets[name] = growBitmap(sets[name], rows);
  for (const [tag, bitmap] of tags) tags.set(tag, growBitmap(bitmap, rows));
  growArena(table.names, rows);
  growArena(table.rawNames, rows);
  table.capacity = rows;
  // The frequent pairs of few names are no good choice for many.
  if (table.rows > 2 * table.slices.chosenAt) sliceNames(table);
  else growSlices(table.slices, rows);
}

function longer<T extends { set(values: T): void }>(values: T, into: T): T {
  into.set(values);
  return into;
}

/** Of a column in which 0 is not known. */
export function knownInteger(column: IntegerColumn, row: number): number | null {
  const stored = column[row] ?? 0;
  return stored === 0 ? null : stored - 1;
}

export function isLive(table: ImageTable, row: number): boolean {
  return hasRow(table.sets.live, row);
}

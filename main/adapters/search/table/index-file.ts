import { Buffer } from 'node:buffer';
import { readSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import type { Sort } from '../../../domain/query/query-tree.ts';
import { createBitmap, countRows, wordsFor } from '../evaluate/bitmap.ts';
import { createDictionary } from './dictionary.ts';
import { createSlices } from '../evaluate/gram-slices.ts';
import { codeNames, createTable, setNames, type ImageTable } from './image-table.ts';
import { createOrders, type Orders } from '../order/orders.ts';
import { countOpen, type PairLists } from './pair-lists.ts';
import { createArena, tidyArena, type TextArena } from './text-arena.ts';
import { createIntegerColumn, widthOf, type NumberWidth, type IntegerColumn } from './integer-column.ts';

/** What a file says of itself; `about` is whatever its writer has to know it again by. */
type Header = {
  readonly about: unknown;
  readonly rows: number;
  readonly accountIds: readonly number[];
  readonly syncIds: readonly number[];
  readonly exts: readonly string[];
  readonly folders: readonly string[];
  readonly hosts: readonly string[];
  readonly types: readonly string[];
  readonly tags: readonly string[];
  readonly orders: readonly Sort[];
  /** Of each column of whole numbers, how many bytes a number takes. */
  readonly widths: readonly NumberWidth[];
  /** The bytes that have a bitmap of letters. */
  readonly letters: readonly number[];
  readonly chosenAt: number;
  /** Codes of pairs, and of each block of their lists how many there were, and how many steps. */
  readonly pairs: number;
  readonly blocks: readonly { readonly ends: number; readonly steps: number }[];
  /** Of each part in turn: how many bytes, and their checksum. */
  readonly parts: readonly { readonly bytes: number; readonly check: number }[];
};

const magic = 'contact-sheet search index 4\n';
const leadBytes = magic.length + 8;
/** So many images that are no more are reason enough to begin anew. */
const mostDeadShare = 0.25;

type Column = Uint8Array<ArrayBuffer> | Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** Writes a table with its orders to a file that is open and empty. */
export function writeIndex(file: number, table: ImageTable, orders: Orders, about: unknown): void {
  const kept = orders.kept();
  const tidy = {
    ...table,
    names: tidyArena(table.names, table.rows),
    rawNames: tidyArena(table.rawNames, table.rows),
  };
  const parts = [...columnsOf(tidy), ...kept.map(({ rows }) => rows)].map(bytesOf);
  const header: Header = {
    about,
    rows: table.rows,
    ...{ accountIds: table.keys.accountIds, syncIds: table.syncIds },
    ...{ exts: table.exts.texts, folders: table.folders.texts, hosts: table.hosts.texts, types: table.types.texts },
    tags: [...table.tags.keys()],
    orders: kept.map(({ sort }) => sort),
    widths: wholeColumns(tidy).map(({ holder, name }) => widthOf(holder[name] ?? new Uint8Array())),
    letters: [...table.slices.letters.keys()].filter((byte) => table.slices.letters[byte] !== undefined),
    chosenAt: table.slices.chosenAt,
    pairs: table.slices.pairLists.known,
    blocks: table.slices.pairLists.blocks.map(({ ends, steps }) => ({ ends: ends.length, steps: steps.length })),
    parts: parts.map((bytes) => ({ bytes: bytes.length, check: crc32(bytes) })),
  };
  const text = Buffer.from(JSON.stringify(header));
  const lead = Buffer.alloc(leadBytes);
  lead.write(magic);
  lead.writeUInt32LE(text.length, magic.length);
  lead.writeUInt32LE(crc32(text), magic.length + 4);
  for (const bytes of [lead, text, ...parts]) writeAll(file, bytes);
}

/**
 * Reads what `writeIndex` wrote, where `isMeant` takes what it is about. Undefined for any file that is damaged, cut off,
 * or of something else: nothing of it is used then.
 */
export function readIndex(
  file: number,
  isMeant: (about: unknown) => boolean,
): { readonly table: ImageTable; readonly orders: Orders; readonly about: unknown } | undefined {
  const header = readHeader(file);
  if (header === undefined || !isMeant(header.about)) return undefined;
  const table = { ...createTable(0), ...dictionariesOf(header) };
  if (!readColumns(file, table, header)) return undefined;
  const live = countRows(table.sets.live);
  if (table.rows - live > 1000 && live < table.rows * (1 - mostDeadShare)) return undefined;
  const orders = createOrders(table);
  const first = header.parts.length - header.orders.length;
  for (const [index, sort] of header.orders.entries()) {
    const rows = new Uint32Array(table.rows);
    if (!readPart(file, rows, header.parts[first + index])) return undefined;
    orders.restore(sort, rows);
  }
  if (readSync(file, Buffer.alloc(1)) > 0) return undefined;
  return { table, orders, about: header.about };
}

function dictionariesOf({ exts, folders, hosts, types, syncIds }: Header) {
  return {
    ...{ exts: createDictionary(exts), folders: createDictionary(folders) },
    ...{ hosts: createDictionary(hosts), types: createDictionary(types), syncIds: [...syncIds] },
  };
}

function readHeader(file: number): Header | undefined {
  const lead = Buffer.alloc(leadBytes);
  if (readAll(file, lead) < leadBytes || lead.toString('utf8', 0, magic.length) !== magic) return undefined;
  const length = lead.readUInt32LE(magic.length);
  if (length > 100_000_000) return undefined;
  const text = Buffer.alloc(length);
  if (readAll(file, text) < length || crc32(text) !== lead.readUInt32LE(magic.length + 4)) return undefined;
  // Written by this program, as its checksum says.
  return JSON.parse(text.toString()) as Header;
}

function readColumns(file: number, table: ImageTable, header: Header): boolean {
  const { rows, parts, tags, accountIds } = header;
  const capacity = Math.ceil((rows * 1.02 + 1024) / 32) * 32;
  const [names = 0, rawNames = 0] = parts.map(({ bytes }) => bytes);
  const room = createTable(capacity);
  Object.assign(table, { capacity, keys: { ...room.keys, accountIds: [...accountIds] } });
  Object.assign(table, { numbers: room.numbers, codes: room.codes, sets: room.sets });
  Object.assign(table, { names: createArena(capacity, names), rawNames: createArena(capacity, rawNames) });
  for (const tag of tags) table.tags.set(tag, createBitmap(capacity));
  table.slices = { ...createSlices(room.names, 0, capacity), chosenAt: header.chosenAt };
  for (const byte of header.letters) table.slices.letters[byte] = createBitmap(capacity);
  restorePairLists(table.slices.pairLists, header);
  table.rows = rows;
  table.names.used = names;
  table.rawNames.used = rawNames;
  for (const [index, { holder, name }] of wholeColumns(table).entries()) {
    holder[name] = createIntegerColumn(capacity, header.widths[index] ?? 1);
  }
  const isRead = columnsOf(table).every((column, index) => readPart(file, column, parts[index]));
  if (isRead) countOpen(table.slices.pairLists);
  return isRead;
}

function restorePairLists(lists: PairLists, { pairs, blocks }: Header): void {
  lists.known = pairs;
  for (const { ends, steps } of blocks) {
    lists.blocks.push({ ends: new Uint32Array(ends), steps: new Uint8Array(steps) });
  }
}

/** The columns as far as there are rows, in the order in which they stand in a file. */
function columnsOf(table: ImageTable): Column[] {
  const { rows, keys, names, rawNames, numbers, codes, sets, tags } = table;
  const perRow = [keys.ids, keys.accounts, ...textColumns(names), ...textColumns(rawNames)];
  const columns: Column[] = [
    ...perRow,
    ...[numbers.sizes, numbers.firstSeen, numbers.widths, numbers.heights, numbers.ratings],
    ...[codes.exts, codes.folders, codes.hosts, codes.types, codes.syncs],
  ].map((column) => column.subarray(0, rows));
  const { letters, slices, pairSlices, pairLists, grams, gramSlices } = table.slices;
  const bitmaps = [
    ...setNames.map((name) => sets[name]),
    ...tags.values(),
    ...letters.filter((letter) => letter !== undefined),
    ...slices,
    pairLists.open,
  ];
  return [
    ...[names, rawNames].map(({ bytes, used }) => new Uint8Array(bytes.buffer, bytes.byteOffset, used)),
    ...columns,
    ...[pairSlices, grams, gramSlices, pairLists.codes],
    ...pairLists.blocks.flatMap(({ ends, steps }) => [ends, steps]),
    ...bitmaps.map((bitmap) => bitmap.subarray(0, wordsFor(rows))),
  ];
}

/** Where each of them is kept. */
function wholeColumns({ keys, names, rawNames, numbers, codes }: ImageTable) {
  const identity = (['ids', 'accounts'] as const).map((name) => place(keys, name));
  const lengths = [names, rawNames].map((holder) => place(holder, 'lengths'));
  const sizes = (['sizes', 'widths', 'heights'] as const).map((name) => place(numbers, name));
  return [...identity, ...lengths, ...sizes, ...codeNames.map((name) => place(codes, name))];
}

function place<N extends string>(
  holder: Record<N, IntegerColumn>,
  name: N,
): { holder: Record<string, IntegerColumn>; name: string } {
  return { holder, name };
}

function textColumns({ starts, lengths }: TextArena): Column[] {
  return [starts, lengths];
}

function readPart(file: number, column: Column, part: Header['parts'][number] | undefined): boolean {
  const bytes = bytesOf(column);
  return part?.bytes === bytes.length && readAll(file, bytes) === bytes.length && crc32(bytes) === part.check;
}

function bytesOf(column: Column): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset, column.byteLength);
}

function readAll(file: number, into: Uint8Array): number {
  let at = 0;
  while (at < into.length) {
    const read = readSync(file, into, at, into.length - at, null);
    if (read === 0) break;
    at += read;
  }
  return at;
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at, bytes.length - at, null);
}

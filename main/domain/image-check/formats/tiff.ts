import { skip, take, type Cursor, type Walker } from '../byte-feed.ts';
import { u16be, u16le, u32be, u32le, u64be, u64le } from '../integers.ts';
import { asSeen, validOrientation } from '../orientation.ts';
import { damaged, wholeImage } from '../verdict.ts';

type Read = (bytes: Uint8Array, at: number) => number;
type Layout = { readonly big: boolean; readonly u16: Read; readonly u32: Read; readonly u64: Read };

/** What was learned of one page; `offsets` and `counts` say where its strips or tiles lie. */
type Page = {
  width: number;
  height: number;
  orientation: number;
  offsets: readonly number[];
  counts: readonly number[];
};

/** Something to be read on the way, where the file says that it lies. */
type Stop =
  | { readonly kind: 'page'; readonly at: number }
  | {
      readonly kind: 'numbers';
      readonly at: number;
      readonly page: Page;
      readonly field: 'offsets' | 'counts';
      readonly type: number;
      readonly count: number;
    };

const widthTag = 256;
const heightTag = 257;
const orientationTag = 274;
const offsetTags: readonly number[] = [273, 324, 513];
const countTags: readonly number[] = [279, 325, 514];
/** Bytes of one value, by the field's type (TIFF 6.0, BigTIFF). */
const typeBytes: readonly number[] = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];
/** Longer lists and later pages are not read, so that no file can make this remember much. */
const largestListBytes = 65_536;
const mostPages = 1024;

/**
 * TIFF has no end of its own: whole is a file that holds each page's directory and all that it points to. A list of
 * strips that lies before its directory can't be read again in a stream; its strips then lie before it too.
 */
export function* walkTiff(cursor: Cursor): Walker {
  const head = yield take(8);
  const little = head[0] === 0x49;
  const big = (little ? u16le : u16be)(head, 2) === 43;
  const layout: Layout = little
    ? { big, u16: u16le, u32: u32le, u64: u64le }
    : { big, u16: u16be, u32: u32be, u64: u64be };
  const stops: Stop[] = [{ kind: 'page', at: big ? layout.u64(yield take(8), 0) : layout.u32(head, 4) }];
  const pages: Page[] = [];
  let neededEnd = 0;
  for (let stop = nearest(stops); stop !== undefined; stop = nearest(stops)) {
    if (stop.at < cursor.position) continue;
    yield skip(stop.at - cursor.position);
    if (stop.kind === 'page') {
      const count = big ? layout.u64(yield take(8), 0) : layout.u16(yield take(2), 0);
      if (count === 0 || count > 0xffff) return damaged('TIFF');
      const entries = yield take(count * (big ? 20 : 12));
      const page: Page = { width: 0, height: 0, orientation: 1, offsets: [], counts: [] };
      pages.push(page);
      neededEnd = Math.max(neededEnd, readEntries(entries, layout, page, stops));
      const next = big ? layout.u64(yield take(8), 0) : layout.u32(yield take(4), 0);
      if (next > 0 && pages.length < mostPages) stops.push({ kind: 'page', at: next });
    } else {
      const bytes = yield take(stop.count * (typeBytes[stop.type] ?? 0));
      stop.page[stop.field] = numbersIn(bytes, stop.type, stop.count, layout);
    }
  }
  for (const page of pages) neededEnd = Math.max(neededEnd, stripsEnd(page));
  const largest = pages.reduce((best, page) => (page.width * page.height > best.width * best.height ? page : best), {
    width: 0,
    height: 0,
    orientation: 1,
  });
  if (largest.width === 0) return damaged('TIFF');
  yield skip(Math.max(0, neededEnd - cursor.position));
  return wholeImage('tiff', asSeen(largest, largest.orientation));
}

/** Takes out the stop that comes first in the file. */
function nearest(stops: Stop[]): Stop | undefined {
  let first = 0;
  stops.forEach((stop, index) => {
    if (stop.at < (stops[first]?.at ?? 0)) first = index;
  });
  return stops.splice(first, 1)[0];
}

/** Fills the page from its directory's entries; returns how far their values reach. */
function readEntries(entries: Uint8Array, layout: Layout, page: Page, stops: Stop[]): number {
  const entryBytes = layout.big ? 20 : 12;
  const inline = layout.big ? 8 : 4;
  let end = 0;
  for (let at = 0; at < entries.length; at += entryBytes) {
    const tag = layout.u16(entries, at);
    const type = layout.u16(entries, at + 2);
    const count = layout.big ? layout.u64(entries, at + 4) : layout.u32(entries, at + 4);
    const valueAt = at + entryBytes - inline;
    const bytes = count * (typeBytes[type] ?? 0);
    const field = offsetTags.includes(tag) ? 'offsets' : countTags.includes(tag) ? 'counts' : undefined;
    if (bytes <= inline) {
      const values = numbersIn(entries.subarray(valueAt, valueAt + inline), type, count, layout);
      if (tag === widthTag) page.width = values[0] ?? 0;
      if (tag === heightTag) page.height = values[0] ?? 0;
      if (tag === orientationTag) page.orientation = validOrientation(values[0] ?? 1);
      if (field !== undefined) page[field] = values;
      continue;
    }
    const offset = layout.big ? layout.u64(entries, valueAt) : layout.u32(entries, valueAt);
    end = Math.max(end, offset + bytes);
    const isFirst = !stops.some((stop) => stop.kind === 'numbers' && stop.page === page && stop.field === field);
    if (field !== undefined && isFirst && bytes <= largestListBytes) {
      stops.push({ kind: 'numbers', at: offset, page, field, type, count });
    }
  }
  return end;
}

function numbersIn(bytes: Uint8Array, type: number, count: number, layout: Layout): readonly number[] {
  const width = typeBytes[type] ?? 0;
  const read = width === 2 ? layout.u16 : width === 4 ? layout.u32 : width === 8 ? layout.u64 : undefined;
  if (read === undefined) return [];
  return Array.from({ length: Math.min(count, Math.floor(bytes.length / width)) }, (_, i) => read(bytes, i * width));
}

function stripsEnd(page: Page): number {
  return page.offsets.reduce((end, offset, i) => Math.max(end, offset + (page.counts[i] ?? 1)), 0);
}

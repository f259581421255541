/** The thread of the search index: it reads the catalogue on a connection of its own and answers questions. */
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Sort } from '../../domain/query/query-tree.ts';
import { toThrown } from '../../domain/thrown-error.ts';
import { createIndexEngine } from '../../adapters/search/engine/index-engine.ts';
import type { SearchReply, SearchRequest, SearchVerb } from '../../adapters/search/engine/search-messages.ts';
import { openIndexReader } from '../../adapters/storage/images/index-reader.ts';
import { createCatalogueSource } from './catalogue-source.ts';
import { createIndexCache } from './index-cache.ts';
import type { SearchThreadData } from './search-connection.ts';

/** While nobody asks, changes are taken in by themselves, and orders made that are likely to be wanted. */
const idleMs = 250;
const likelyOrders: readonly Sort[] = [
  { key: 'size', descending: true },
  { key: 'name', descending: false },
  { key: 'seen', descending: true },
  { key: 'name', descending: true },
];
/** The cache is written anew when so many changes would have to be read behind it. */
const changesBehind = 20_000;

const { dataFolder, cacheFolder, version, cachedFrom, lastHandle } = workerData as SearchThreadData;
const reader = openIndexReader(dataFolder);
const source = createCatalogueSource(reader);
const cache = createIndexCache(join(cacheFolder, 'search-index.bin'), version);
let now = 0;
/** What the cache holds: changes so far, and orders. */
let cached: { readonly changes: number; readonly orders: number } | undefined;
let isAsked = false;

const engine = createIndexEngine({
  source,
  lastHandle,
  now: () => now,
  elapsedMs: () => performance.now(),
  restore() {
    const found = cache.read(() => performance.now());
    if (found === undefined) return undefined;
    source.startAt(found.place);
    cached = { changes: numberOf(found.place), orders: found.index.orders.count() };
    return found.index;
  },
});

/** Rises with each change. */
function numberOf(place: { readonly main: { readonly seq: number }; readonly own: { readonly seq: number } }): number {
  return place.main.seq + place.own.seq;
}

function writeCacheWhenDue(): void {
  const index = engine.index();
  const place = source.place();
  if (place === undefined || index.table.rows < cachedFrom) return;
  const isBehind = cached === undefined || Math.abs(numberOf(place) - cached.changes) >= changesBehind;
  if (!isBehind && (cached?.orders ?? 0) >= index.orders.count()) return;
  cache.write(index, place);
  cached = { changes: numberOf(place), orders: index.orders.count() };
}

/** One piece of work at a time, so that a question waits for no more. */
function workWhileIdle(): void {
  if (engine.refresh()) return;
  const { orders, table } = engine.index();
  if (orders.settle()) return;
  const missing =
    table.rows < cachedFrom || orders.isFull() ? undefined : likelyOrders.find((sort) => !orders.has(sort));
  if (missing !== undefined) orders.prepare(missing);
  else writeCacheWhenDue();
}

async function answer(id: number, verb: SearchVerb, input: readonly unknown[]): Promise<SearchReply> {
  try {
    // Both ends are typed by the same table of verbs.
    const method = engine[verb] as (...input: readonly unknown[]) => unknown;
    return { id, ok: true, value: await method(...input) };
  } catch (error) {
    return { id, ok: false, error: toThrown(error) };
  }
}

function close(): void {
  try {
    if (isAsked) writeCacheWhenDue();
  } finally {
    reader.close();
    parentPort?.close();
    clearInterval(idle);
  }
}

const idle = setInterval(() => {
  if (isAsked) workWhileIdle();
}, idleMs);

parentPort?.on('message', (request: SearchRequest) => {
  if (request.verb === 'close') return close();
  isAsked = true;
  now = request.now;
  if (request.verb === 'warm') return;
  void answer(request.id, request.verb, request.input).then((reply) =>
    parentPort?.postMessage(reply, buffersIn(reply)),
  );
});

/** Columns change hands rather than being copied. */
function buffersIn(reply: SearchReply): ArrayBuffer[] {
  const value = reply.ok ? (reply.value as { readonly value?: unknown } | undefined)?.value : undefined;
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((column: unknown) =>
    column instanceof Float64Array ? [column.buffer as ArrayBuffer] : [],
  );
}

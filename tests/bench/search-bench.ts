import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cpuUsage, memoryUsage } from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { createCatalogueService, type CatalogueService } from '../../main/features/catalogue/catalogue-service.ts';
import { createSearchThread } from '../../main/features/catalogue/search-thread.ts';
import { normalize } from '../../main/domain/text/normalize.ts';
import { version } from '../../main/hosts/shared/node/version.ts';
import { createImageReader } from '../../main/adapters/storage/images/image-reader.ts';
import { openDatabase } from '../../main/adapters/storage/database/open.ts';
import { fillLibrary } from './bench-library.ts';
import { percentile, value, type Figure } from './figures.ts';
import { servedMemory, type Questions } from './served-memory.ts';

/** Texts typed letter by letter: from no matches to everything, words, numbers, parts of words, other scripts. */
const typed = [
  'img',
  'img_2021',
  'dsc00',
  'photo',
  'screenshot 20',
  'logo',
  'banner',
  '.jpg',
  '.png',
  'final',
  'summer',
  'winter',
  'header',
  'team',
  '2024',
  '(1)',
  'wa0',
  'a4f',
  'ee',
  'q',
  'zzzz',
  'no such',
  'blue',
  'chart',
  'café',
  'über',
  '日本',
  'копия',
  'new year',
  'e',
  '1',
  '-',
  '_0',
  'sale',
  'product',
];
const language = [
  'ext:png size:>500kb',
  'ext:jpg,gif -img',
  'logo OR banner OR header',
  'size:100kb..2mb sort:size-desc',
  'img*1*.jpg',
  'is:downloaded sort:name',
  'width:>=1000 type:jpeg',
  'folder:sub-12 photo sort:name-desc',
  'id:1000500..1200000 -ext:png',
  'seen:2026-01 (summer OR winter) sort:seen',
  'is:gone',
  '-a -e',
  'is:approximate size:>1mb ext:jpg OR is:gone logo',
];

const orderings = [
  'name',
  'name-desc',
  'size',
  'size-desc',
  'seen',
  'seen-desc',
  'id-asc',
  'id',
  'ext',
  'folder',
  'width',
].map((sort) => `sort:${sort}`);

const keystroke = 'keystroke to count, bytes and first 200 rows';

const expression = 'name:/^(img|dsc)_?\\d+.*(1|2)\\.jpe?g$/';

/** Queries whose results are selected as a whole, and inverted. */
const selected = ['', 'img', 'ext:png', 'size:>500kb'];

export async function benchSearch(rows: number): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'contact-sheet-bench-'));
  try {
    fillLibrary(home, rows);
    const disk = diskFigures(home, rows);
    const times = await timeSearch(home, rows, timeLike(home));
    return [...disk, ...times, ...(await servedMemory(home, questions()))];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

type Service = CatalogueService;
/** `busyMs` is the CPU time of all threads of the process meanwhile, more reliable on a shared machine. */
type Timed = { readonly text: string; readonly ms: number; readonly busyMs: number };

async function timeSearch(home: string, rows: number, likeMs: readonly number[]): Promise<Figure[]> {
  const opened = openDatabase(home, Date.now);
  if (!opened.ok) throw new Error(opened.error.message);
  const reader = createImageReader(opened.value);
  const start = () => {
    const engine = createSearchThread({
      dataFolder: home,
      cacheFolder: join(home, 'cache'),
      version,
      now: Date.now,
      restarted: () => undefined,
    });
    return { service: createCatalogueService({ reader, engine }), close: engine.close };
  };
  const cold = start();
  const coldMs = await time(() => firstPage(cold.service, ''));
  // The orders are normally built while idle; here they are requested.
  const orders = await timeAll(cold.service, orderings);
  await cold.close();
  const before = memoryUsage().rss;
  const { service, close } = start();
  const warmMs = await time(() => firstPage(service, ''));
  const isLarge = rows > 200_000;
  const figures: Figure[] = [
    { what: 'first answer, catalogue read (no cache)', value: coldMs, unit: 'ms' },
    { what: 'an order made for the first time (slowest)', ...slowestOf(orders) },
    { what: 'first answer from the cache', value: warmMs, unit: 'ms' },
    ...spread(keystroke, await timeAll(service, keystrokes()), isLarge ? 16 : 2, likeMs),
    ...spread('queries of the whole language', await timeAll(service, [...language, ...language, ...language]), 32),
    ...spread('change of order', await timeAll(service, [...orderings, ...orderings]), 50),
    ...spread('keystroke while a sync writes', await timeWhileWriting(service, opened.value.connection), 32),
    ...(await timeSelections(service)),
    ...(await timeJumps(service, rows)),
    {
      what: 'a regular expression over all names',
      unit: 'ms',
      value: await time(() => service.query(expression)),
    },
    { what: 'memory: thread with index', value: (memoryUsage().rss - before) / 1e6, unit: 'MB', reach: 300 },
  ];
  await close();
  opened.value.close();
  return figures;
}

function keystrokes(): string[] {
  return typed.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));
}

async function timeAll(service: Service, texts: readonly string[]): Promise<Timed[]> {
  const times: Timed[] = [];
  for (const text of texts) times.push(await timeOne(service, text));
  return times;
}

async function timeOne(service: Service, text: string): Promise<Timed> {
  const before = cpuUsage();
  const ms = await time(() => firstPage(service, text));
  const { user, system } = cpuUsage(before);
  return { text, ms, busyMs: (user + system) / 1000 };
}

function questions(): Questions {
  return { texts: [...keystrokes(), ...language, ...orderings, expression], selected };
}

async function timeSelections(service: Service): Promise<Figure[]> {
  const times: number[] = [];
  for (const text of selected) {
    const { handle, totals } = value(await service.query(text));
    const what = { kind: 'positions', handle, from: 0, to: totals.count } as const;
    let selection: string | null = null;
    for (const how of ['add', 'flip', 'flip'] as const) {
      const change = { selection, how, what };
      times.push(await time(async () => ({ selection } = value(await service.select(change)))));
    }
    service.release(handle);
  }
  return [{ what: 'select all, by query, inverted (p99)', value: percentile(times, 0.99), unit: 'ms', reach: 50 }];
}

async function timeJumps(service: Service, rows: number): Promise<Figure[]> {
  const { handle } = value(await service.query('sort:name'));
  const jumps: number[] = [];
  for (let jump = 0; jump < 40; jump++) {
    const from = Math.floor((rows * 0.98 * ((jump * 37) % 41)) / 41);
    jumps.push(await time(() => service.rows(handle, from, from + 200)));
  }
  return [
    { what: '200 rows anywhere in an order (p99)', value: percentile(jumps, 0.99), unit: 'ms' },
    { what: '100 labels of a scrubber', value: await time(() => service.scale(handle, 100)), unit: 'ms' },
  ];
}

function spread(what: string, times: readonly Timed[], reach: number, likeMs?: readonly number[]): Figure[] {
  const ms = times.map((one) => one.ms);
  const figure = (share: number): Figure => ({
    what: `${what} (p${share * 100})`,
    value: percentile(ms, share),
    unit: 'ms',
    ...(likeMs && { against: { what: 'by LIKE in SQLite', value: percentile(likeMs, share) } }),
  });
  return [
    figure(0.5),
    { ...figure(0.99), reach, slowest: slowestOf(times).slowest },
    {
      what: '  of it processor time (p99)',
      value: percentile(
        times.map(({ busyMs }) => busyMs),
        0.99,
      ),
      unit: 'ms',
    },
  ];
}

function slowestOf(times: readonly Timed[]) {
  const sorted = times.toSorted((one, other) => other.ms - one.ms);
  const slowest = sorted.slice(0, 3).map(({ text, ms }) => `“${text}” ${ms.toFixed(0)}`);
  return { value: sorted[0]?.ms ?? 0, unit: 'ms' as const, slowest };
}

/** Times keystrokes, each after a page of 100 new images as written by a sync. */
async function timeWhileWriting(service: CatalogueService, connection: DatabaseSync): Promise<Timed[]> {
  const image = connection.prepare('INSERT INTO main.images VALUES (77, ?, ?, ?, 2)');
  const fact = connection.prepare(
    'INSERT INTO own.facts (account_id, image_id, first_seen, first_sync) VALUES (77, ?, ?, 1)',
  );
  let id = 90_000_000;
  const times: Timed[] = [];
  for (const text of keystrokes()) {
    connection.exec('BEGIN');
    for (let count = 0; count < 100; count++, id++) {
      image.run(id, `https://www.questionpro.com/qp_userimages/sub-3/1/IMG_${id % 9973}_${text.length}.jpg`, '137 Kb');
      fact.run(id, 1_800_000_000_000);
    }
    connection.exec('COMMIT');
    times.push(await timeOne(service, text));
  }
  return times;
}

/** Returns the ms of the same texts by LIKE over a table of normalized names, as in a database without an index. */
function timeLike(home: string): number[] {
  const connection = new DatabaseSync(join(home, 'like.sqlite'));
  connection.exec('CREATE TABLE names (id INTEGER PRIMARY KEY, name TEXT, bytes INTEGER)');
  connection.prepare('ATTACH ? AS main2').run(join(home, 'catalogue.sqlite'));
  connection.function('folded_name', { deterministic: true }, (url) => {
    return normalize(decodeURIComponent(String(url).slice(String(url).lastIndexOf('/') + 1)));
  });
  connection.exec('INSERT OR IGNORE INTO names SELECT id, folded_name(url), length(url) * 1000 FROM main2.images');
  const find = connection.prepare("SELECT count(*), sum(bytes) FROM names WHERE name LIKE '%' || ? || '%'");
  const page = connection.prepare("SELECT id FROM names WHERE name LIKE '%' || ? || '%' ORDER BY id DESC LIMIT 200");
  const times = typed.flatMap((text) => {
    const start = performance.now();
    find.get(normalize(text));
    page.all(normalize(text));
    return performance.now() - start;
  });
  connection.close();
  return times;
}

function diskFigures(home: string, rows: number): Figure[] {
  const bytes = ['catalogue.sqlite', 'library.sqlite'].reduce((sum, name) => sum + statSync(join(home, name)).size, 0);
  return [{ what: 'database on disk, an image', value: bytes / rows, unit: 'bytes', reach: 300 }];
}

async function firstPage(service: CatalogueService, text: string): Promise<void> {
  value(await service.query(text, 200));
}

async function time(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Core } from '../../main/core.ts';
import { openCore } from './bench-core.ts';
import { value, type Figure } from './figures.ts';

const blockMs = 50;
const maxMegabytes = 400;
const pageRows = 200;

/** Measures a selection of everything: plan, start, lists, pause, cancellation, removal from the history, export. */
export async function benchPlan(rows: number): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'contact-sheet-bench-'));
  try {
    const core = openCore(home);
    const account = value(await core.call('sample.add', { name: 'Bench', count: rows }));
    value(await core.call('sync.run', { accountId: account.id }));
    value(await core.call('catalogue.query', { text: '' }));
    await settle();
    const what = { kind: 'query', query: '' } as const;
    const { selection } = value(await core.call('selection.change', { how: 'add', what }));
    const order = { query: '', selection, destination: join(home, 'files') };
    const baselineSeconds = readAndWrite(home);
    const planned = await watch(() => core.call('downloads.plan', order));
    const plan = value(planned.answer);
    if (plan.images !== rows) throw new Error('The plan has not all images');
    const page = { from: rows - pageRows, to: rows };
    const items = await watch(() => core.call('downloads.planItems', { handle: plan.handle, ...page }));
    value(items.answer);
    const figures: Figure[] = [
      ...figuresOf('plan of everything', planned, { what: 'only read and written to a table', value: baselineSeconds }),
      { what: 'last page of its items', value: items.seconds * 1000, unit: 'ms', reach: blockMs },
      ...(await benchBatch(core, order, page, baselineSeconds)),
      ...(await benchExports(core, home)),
    ];
    await core.close();
    return figures;
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

type Order = { readonly query: string; readonly destination: string };

async function benchBatch(
  core: Core,
  order: Order,
  page: { from: number; to: number },
  baselineSeconds: number,
): Promise<Figure[]> {
  const started = await watch(() => core.call('downloads.start', order));
  const batchId = value(started.answer).batch.id;
  const paused = await watch(() => core.call('downloads.act', { action: 'pause', batchId }));
  value(paused.answer);
  const last = await watch(() => core.call('downloads.transfers', { batchId, ...page }));
  const middle = { from: Math.floor(page.to / 2), to: Math.floor(page.to / 2) + pageRows };
  const unsettled = await watch(() => core.call('downloads.transfers', { batchId, state: 'unsettled', ...middle }));
  if (value(unsettled.answer).length === 0) throw new Error('No transfers in the middle');
  const cancelled = await watch(() => core.call('downloads.act', { action: 'cancel', batchId }));
  value(cancelled.answer);
  const cleared = await watch(() => core.call('downloads.clearHistory', {}));
  if (value(cleared.answer).batches !== 1) throw new Error('The batch was not forgotten');
  return [
    ...figuresOf('start of everything', started, { what: 'only read and written to a table', value: baselineSeconds }),
    { what: 'last page of its transfers', value: last.seconds * 1000, unit: 'ms', reach: blockMs },
    { what: 'page of what is open, in the middle', value: unsettled.seconds * 1000, unit: 'ms', reach: blockMs },
    ...figuresOf('pause', paused),
    ...figuresOf('cancel', cancelled),
    ...figuresOf('removal from the history', cleared),
  ];
}

async function benchExports(core: Core, home: string): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const format of ['csv', 'json', 'urls'] as const) {
    const file = join(home, `all.${format}`);
    const written = await watch(() => core.call('exports.write', { query: '', format, file }));
    value(written.answer);
    figures.push(...figuresOf(`export as ${format}`, written));
  }
  return figures;
}

type Watched<T> = {
  readonly answer: T;
  readonly seconds: number;
  readonly processorSeconds: number;
  /** The increase of the process's memory at its peak. */
  readonly mostBytes: number;
  /** The longest time between two ticks of a timer, by the clock and by this thread's CPU time. */
  readonly longestMs: number;
  readonly longestBusyMs: number;
};

/** Watches for blocks of this thread; other processes affect only the time by the clock. */
function watchThread(): () => Pick<Watched<unknown>, 'longestMs' | 'longestBusyMs'> {
  const longest = { longestMs: 0, longestBusyMs: 0 };
  let lastTickAt = performance.now();
  let processor = process.threadCpuUsage();
  const tick = (): void => {
    const busy = process.threadCpuUsage(processor);
    longest.longestMs = Math.max(longest.longestMs, performance.now() - lastTickAt);
    longest.longestBusyMs = Math.max(longest.longestBusyMs, (busy.user + busy.system) / 1000);
    lastTickAt = performance.now();
    processor = process.threadCpuUsage();
  };
  const timer = setInterval(tick, 1);
  return () => {
    clearInterval(timer);
    tick();
    return longest;
  };
}

async function watch<T>(work: () => Promise<T>): Promise<Watched<T>> {
  await settle();
  const before = process.memoryUsage.rss();
  let mostBytes = before;
  const sample = setInterval(() => (mostBytes = Math.max(mostBytes, process.memoryUsage.rss())), 20);
  const longest = watchThread();
  const processor = process.cpuUsage();
  const startedAt = performance.now();
  const answer = await work();
  const seconds = (performance.now() - startedAt) / 1000;
  const { user, system } = process.cpuUsage(processor);
  clearInterval(sample);
  mostBytes = Math.max(mostBytes, process.memoryUsage.rss()) - before;
  return { answer, seconds, processorSeconds: (user + system) / 1e6, mostBytes, ...longest() };
}

function figuresOf(what: string, watched: Watched<unknown>, against?: Figure['against']): Figure[] {
  const { seconds, processorSeconds, mostBytes, longestMs, longestBusyMs } = watched;
  return [
    { what, value: seconds, unit: 's', ...(against === undefined ? {} : { against }) },
    { what: `${what}: processor time`, value: processorSeconds, unit: 's' },
    { what: `${what}: memory above the idle core`, value: mostBytes / 1e6, unit: 'MB', reach: maxMegabytes },
    { what: `${what}: longest block of the thread`, value: longestMs, unit: 'ms', reach: blockMs },
    { what: `${what}: the same by processor time`, value: longestBusyMs, unit: 'ms', reach: blockMs },
  ];
}

/** Returns the seconds that it takes to copy every row to another table in one transaction. */
function readAndWrite(home: string): number {
  const from = new DatabaseSync(join(home, 'catalogue.sqlite'), { readOnly: true });
  const into = new DatabaseSync(join(home, 'peer.sqlite'));
  into.exec(
    'PRAGMA journal_mode = WAL; CREATE TABLE rows (seq INTEGER PRIMARY KEY, account INT, id INT, url TEXT, size TEXT)',
  );
  const insert = into.prepare('INSERT INTO rows (account, id, url, size) VALUES (?, ?, ?, ?)');
  const startedAt = performance.now();
  into.exec('BEGIN');
  for (const row of from.prepare('SELECT account_id, id, url, size_text FROM images').iterate()) {
    insert.run(Number(row['account_id']), Number(row['id']), String(row['url']), String(row['size_text']));
  }
  into.exec('COMMIT');
  const seconds = (performance.now() - startedAt) / 1000;
  from.close();
  into.close();
  return seconds;
}

/** Lets earlier work settle and collects garbage, so that it doesn't count for the next measurement. */
async function settle(): Promise<void> {
  globalThis.gc?.();
  await sleep(500);
}

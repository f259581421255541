import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { BroadcastChannel } from 'node:worker_threads';
import type { Core } from '../../main/core.ts';
import { openCoreThread } from '../../main/hosts/shared/core-thread/core-thread.ts';
import { percentile, value, type Figure } from './figures.ts';
import { watchProcessor } from './watch-processor.ts';

/** The maximum delay of a host, in ms. */
const reachMs = 50;
/** The interval between keystrokes, each a query with its first rows, in ms. */
const everyMs = 100;
const typed = 'photo img banner 2021 logo summer';

/**
 * Measures the longest delay of a host's thread while the core works in its own: a first sync, searches, the plan of a
 * download of everything, and the account's removal; with keystrokes meanwhile. Compared with an idle host.
 */
export async function benchHost(rows: number): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'contact-sheet-bench-'));
  const core = value(
    await openCoreThread({
      entry: new URL('./watched-core-worker.ts', import.meta.url),
      folders: { data: home, cache: join(home, 'cache'), logs: join(home, 'logs') },
      holder: { pid: process.pid, command: 'a benchmark' },
      electron: undefined,
      log: () => undefined,
      lost(error) {
        throw error;
      },
    }),
  );
  const coreWatch = createCoreWatch();
  try {
    const idle = await watch(core, () => pause(5000), false);
    const figures: Figure[] = [];
    const measure = async (what: string, work: () => Promise<unknown>) => {
      await coreWatch.ask();
      const watched = await watch(core, work, true);
      const against = { what: 'while nothing is done', value: idle.longestMs };
      figures.push(
        { what: `longest delay of the host, ${what}`, value: watched.longestMs, unit: 'ms', reach: reachMs, against },
        { what: `longest work of its thread at once, ${what}`, value: watched.busiestMs, unit: 'ms', reach: reachMs },
        { what: `longest work of the core’s at once, ${what}`, value: await coreWatch.ask(), unit: 'ms' },
        { what: `keystroke to first rows, p99, ${what}`, value: percentile(watched.answersMs, 0.99), unit: 'ms' },
      );
    };
    const account = value(await core.call('sample.add', { name: 'Bench', count: rows }));
    const sync = async () => value(await core.call('sync.run', { accountId: account.id }));
    await measure('first sync', sync);
    await measure('searches', () => search(core));
    const destination = join(home, 'pictures');
    await measure('plan of all', async () => value(await core.call('downloads.plan', { query: '*', destination })));
    await measure('removal', async () =>
      value(await core.call('accounts.remove', { id: account.id, catalogue: 'delete' })),
    );
    return figures;
  } finally {
    coreWatch.close();
    await core.close();
    rmSync(home, { recursive: true, force: true });
  }
}

async function search(core: Core): Promise<void> {
  for (const text of ['*', 'size:>1mb', 'photo OR logo', 'img*1*.jpg', 'sort:name', 'ext:png,gif -draft']) {
    const { handle } = value(await core.call('catalogue.query', { text }));
    value(await core.call('catalogue.rows', { handle, from: 0, to: 200 }));
  }
}

async function watch(core: Core, work: () => Promise<unknown>, isTyping: boolean) {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const typingController = new AbortController();
  const typing = isTyping ? type(core, typingController.signal) : Promise.resolve([]);
  const busiest = watchProcessor();
  delay.enable();
  await work();
  delay.disable();
  typingController.abort();
  return { longestMs: delay.max / 1e6, busiestMs: busiest(), answersMs: await typing };
}

/** Reads the core thread's longest work since the last reading. */
function createCoreWatch() {
  const channel = new BroadcastChannel('contact-sheet-bench');
  return {
    async ask(): Promise<number> {
      const answered = once(channel as unknown as EventTarget, 'message');
      channel.postMessage('ask');
      const [message] = (await answered) as [{ readonly data: number }];
      return message.data;
    },
    close: () => channel.close(),
  };
}

/** Types letter by letter until aborted; returns the ms of each keystroke. */
async function type(core: Core, signal: AbortSignal): Promise<readonly number[]> {
  const times: number[] = [];
  for (let length = 1; !signal.aborted; length = (length % typed.length) + 1) {
    const words = typed.slice(0, length).split(' ');
    const startedAt = performance.now();
    const { handle } = value(await core.call('catalogue.query', { text: words.at(-1) ?? '', take: 200 }));
    times.push(performance.now() - startedAt);
    value(await core.call('catalogue.release', { handle }));
    await pause(everyMs, undefined, { signal }).catch(() => undefined);
  }
  return times;
}

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../../main/core.ts';
import { sampleOrigin } from '../../main/domain/account/data-centre.ts';
import { systemClock } from '../../main/hosts/shared/node/system-clock.ts';
import { createNetwork } from '../../main/adapters/network/network.ts';
import { createGate } from '../../main/adapters/remote/gate.ts';
import { createSampleHost } from '../../main/features/sample/server/sample-host.ts';
import { openCore } from './bench-core.ts';
import { value, type Figure } from './figures.ts';

const perPage = 100;

/** Measures a first sync of the sample library over loopback, compared with only fetching and parsing its pages. */
export async function benchSync(rows: number): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'contact-sheet-bench-'));
  try {
    const core = openCore(home);
    const account = value(await core.call('sample.add', { name: 'Bench', count: rows }));
    const first = await timeSync(core, account.id);
    const second = await timeSync(core, account.id);
    await core.close();
    // After the syncs, whose memory figures would otherwise include its garbage.
    const parsed = await measureCpu(() => fetchAndParse(rows));
    const rate = (rows * 1000) / first.ms;
    const parsedMs = parsed.answer;
    return [
      {
        what: 'first sync',
        value: rate,
        unit: 'rows/s',
        atLeast: (rows * 500) / parsedMs,
        against: { what: 'only fetched and parsed', value: (rows * 1000) / parsedMs },
      },
      {
        what: 'first sync, a second of processor time',
        value: (rows * 1000) / first.busyMs,
        unit: 'rows/s',
        against: { what: 'only fetched and parsed', value: (rows * 1000) / parsed.busyMs },
      },
      { what: 'calls of the first sync', value: first.calls, unit: 'calls' },
      { what: 'the next sync, nothing new', value: second.ms, unit: 'ms' },
      { what: 'calls of the next sync', value: second.calls, unit: 'calls', reach: 1 },
      { what: 'most memory of the process during the first sync', value: first.mostBytes / 1e6, unit: 'MB' },
      { what: 'database on disk, an image', value: bytesOnDisk(home) / rows, unit: 'bytes', reach: 300 },
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function fetchAndParse(rows: number): Promise<number> {
  const sampleHost = createSampleHost(() => rows);
  const gate = createGate({
    network: createNetwork({}),
    clock: systemClock,
    random: Math.random,
    log: () => undefined,
    version: 'bench',
    // Pages of the sample library count against no allowance.
    ledger: {
      reserve: () => ({ waitMs: 0 }),
      heldMs: () => 0,
      holdUntil: () => undefined,
      fingerprint: (key) => key,
    },
    loopbackPort: sampleHost.port,
  });
  const signal = new AbortController().signal;
  const startedAt = performance.now();
  for (let page = 1; page <= Math.ceil(rows / perPage); page++) {
    value(await gate.page({ origin: sampleOrigin, userId: '', key: 'sample', page, perPage }, { signal }));
  }
  const ms = performance.now() - startedAt;
  await gate.close();
  await sampleHost.close();
  return ms;
}

async function timeSync(core: Core, accountId: number) {
  let mostBytes = 0;
  const watch = setInterval(() => (mostBytes = Math.max(mostBytes, process.memoryUsage.rss())), 50);
  const startedAt = performance.now();
  const { answer, busyMs } = await measureCpu(() => core.call('sync.run', { accountId }));
  const sync = value(answer);
  const ms = performance.now() - startedAt;
  clearInterval(watch);
  if (!sync.complete) throw new Error('The sync is not complete');
  return { ms, busyMs, calls: sync.calls, mostBytes };
}

/** Measures the CPU time of the whole process meanwhile, more reliable beside other work. */
async function measureCpu<T>(work: () => Promise<T>): Promise<{ readonly answer: T; readonly busyMs: number }> {
  const before = process.cpuUsage();
  const answer = await work();
  const { user, system } = process.cpuUsage(before);
  return { answer, busyMs: (user + system) / 1000 };
}

function bytesOnDisk(home: string): number {
  return ['catalogue.sqlite', 'library.sqlite'].reduce((sum, name) => sum + statSync(join(home, name)).size, 0);
}

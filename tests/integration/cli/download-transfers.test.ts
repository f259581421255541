import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openDatabase } from '../../../main/adapters/storage/database/open.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { faults } from '../../support/fake-api/faults.ts';
import {
  doneOf,
  eventsOf,
  filesIn,
  hashesOf,
  namesIn,
  openLibrary,
  watchFolder,
  type Library,
} from './download-support.ts';

/** Starts a slow download and waits until that many responses have begun. */
async function startSlowly({ api, cli }: Library, to: string, requests: number) {
  api.faultFiles(faults.slow(5_000, 25));
  const started = cli.start(['download', '*', '--to', to, '--concurrency', '4', '--json']);
  await expect.poll(() => api.fileRequests().length, { timeout: 60_000, interval: 5 }).toBeGreaterThanOrEqual(requests);
  return started;
}

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a download with 130 and resuming ends with all', async (signal) => {
  const images = plainImages(24, { bytes: 40_000 });
  const library = await openLibrary(images);
  const { api, cli } = library;
  const to = join(cli.home, 'out');
  const hashes = await hashesOf(images);
  const watch = watchFolder(to, new Set(hashes));
  const { child, ended } = await startSlowly(library, to, 9);
  child.kill(signal);
  const stopped = await ended;

  expect(stopped.code).toBe(130);
  const events = eventsOf(stopped.out);
  expect(events.filter(({ event }) => event === 'error')).toEqual([]);
  const { done, unsettled, planned, failed } = doneOf(events);
  expect({ planned, failed, sum: Number(done) + Number(unsettled) }).toEqual({ planned: 24, failed: 0, sum: 24 });
  expect(Number(unsettled)).toBeGreaterThan(0);
  expect(stopped.err).toMatch(/^\d+ files? left\. To go on: contact-sheet transfers resume\n$/);
  expect(namesIn(to).filter((name) => !name.endsWith('.part'))).toHaveLength(Number(done));

  api.clearFaults();
  const listed = (await cli.json(['transfers', 'list'])) as Record<string, unknown>[];
  expect(listed).toMatchObject([{ batch: 1, destination: to, query: '*', finished: null, stopped: null, unsettled }]);
  const resumed = await cli.events(['transfers', 'resume']);
  expect(resumed.code).toBe(0);
  expect(doneOf(resumed.events)).toMatchObject({ batch: 1, planned: 24, done: 24 });
  expect(watch.end()).toEqual([]);
  expect(Object.values(filesIn(to)).sort()).toEqual(hashes.sort());
  const nothing = await cli.run(['transfers', 'resume']);
  expect(nothing).toEqual({ code: 0, out: 'Nothing is unfinished.\n', err: '' });
});

test('the same order continues an unfinished batch, and cancelling gives it up but keeps what is saved', async () => {
  const images = plainImages(16, { bytes: 40_000 });
  const library = await openLibrary(images);
  const { api, cli } = library;
  const to = join(cli.home, 'out');
  const { child, ended } = await startSlowly(library, to, 6);
  child.kill('SIGINT');
  const { done, unsettled } = doneOf(eventsOf((await ended).out));

  const other = await cli.run(['plan', 'id:1000001', '--to', to]);
  expect(other.code).toBe(0);
  const listed = await cli.run(['transfers']);
  expect(listed.out).toMatch(/^1 {2}\w+ +\d{4}-\d\d-\d\d \d\d:\d\d {2}.* files left\. {2}\* → \S+\n$/);
  expect(await cli.json(['transfers', 'cancel', '99'])).toMatchObject({ error: { code: 'unknown-batch' } });
  expect(await cli.json(['transfers', 'cancel', '1'])).toEqual({ changed: unsettled });
  expect(await cli.json(['transfers', 'cancel'])).toEqual({ changed: 0 });
  expect(namesIn(to)).toHaveLength(Number(done));
  expect(await cli.json(['transfers'])).toMatchObject([
    { state: 'cancelled', done, cancelled: unsettled, unsettled: 0 },
  ]);

  api.clearFaults();
  const asked = api.fileRequests().length;
  const again = await cli.events(['download', '*', '--to', to]);
  expect(doneOf(again.events)).toMatchObject({ batch: 2, planned: 16, done: unsettled, skipped: done });
  expect(api.fileRequests().length - asked).toBe(unsettled);
});

test('what failed is tried again by retry, in one document with --json', async () => {
  const images = plainImages(3);
  const { api, cli } = await openLibrary(images);
  api.faultFiles(faults.missing(), { id: 1_000_002 });
  const to = join(cli.home, 'out');
  const first = await cli.run(['download', '*', '--to', to]);
  expect(first.code).toBe(4);
  expect(first.out).toBe(`2 files downloaded (1 KB), 1 failed.\nIn ${to}\n`);
  const host = api.origin.replace('http://', '');
  expect(first.err).toBe(
    `image-1000002.png: ${host} has no such file any more (404).\nTo try again what failed: contact-sheet transfers retry 1\n`,
  );

  const still = await cli.run(['transfers', 'retry', '1', '--json']);
  expect(still.code).toBe(4);
  expect(JSON.parse(still.out)).toMatchObject({
    changed: 1,
    batches: [{ batch: 1, planned: 3, done: 2, failed: 1 }],
    failed: [{ id: 1_000_002, name: 'image-1000002.png', code: 'not-found' }],
    errors: [],
  });
  api.clearFaults();
  const mended = await cli.run(['transfers', 'retry']);
  expect(mended.code).toBe(0);
  expect(mended.out).toBe(`Batch 1: 3 files downloaded (2 KB).\nIn ${to}\n`);
  expect(await cli.json(['transfers', 'retry'])).toEqual({ changed: 0, batches: [], failed: [], errors: [] });
  expect(await cli.json(['transfers', 'retry', '7'])).toMatchObject({ error: { code: 'unknown-batch' } });
  expect(Object.values(filesIn(to)).sort()).toEqual((await hashesOf(images)).sort());
});

test('a batch is worked on by one process: the second is told who has it, by exit code 9', async () => {
  const { api, cli } = await openLibrary(plainImages(8, { bytes: 40_000 }));
  const to = join(cli.home, 'out');
  // Slow, but never stalled, for as long as needed.
  api.faultFiles(faults.slow(50, 100), { id: 1_000_001 });
  const order = ['download', '*', '--to', to];
  const { child, ended } = cli.start([...order, '--json']);
  await expect.poll(() => api.fileRequests().length, { timeout: 60_000, interval: 5 }).toBe(8);
  for (const args of [['transfers', 'resume'], order]) {
    const second = await cli.run(args);
    expect({ args, code: second.code }).toEqual({ args, code: 9 });
    expect(second.err).toContain(String(child.pid));
  }
  child.kill('SIGINT');
  const first = await ended;
  expect(first.code).toBe(130);
  expect(doneOf(eventsOf(first.out))).toMatchObject({ done: 7, unsettled: 1 });
  expect(namesIn(to).filter((name) => !name.endsWith('.part'))).toHaveLength(7);
});

test('an image of a public account that lies on this machine, or a private one, is not asked for', async () => {
  const hosts = ['', 'http://10.1.2.3', 'http://192.168.1.1', 'http://169.254.169.254', 'http://[::1]:1'];
  const images = plainImages(hosts.length).map((image, index) => {
    const host = hosts[index] ?? '';
    return host === '' ? image : { ...image, url: host + image.path };
  });
  const { api, cli } = await openLibrary(images);
  const opened = openDatabase(cli.home, Date.now);
  if (!opened.ok) throw new Error(opened.error.message);
  opened.value.connection.exec("UPDATE own.accounts SET origin = 'https://93.184.216.34'");
  opened.value.close();
  const asked = api.requests.length;

  const { code, events } = await cli.events(['download', '*', '--to', 'out']);
  expect(code).toBe(4);
  const failed = events.filter(({ event }) => event === 'failed');
  expect(failed.map((event) => event['code'])).toEqual(hosts.map(() => 'not-permitted'));
  expect(failed.map((event) => event['message'])).toContain(
    'The address leads to this machine itself, which an image of this account may not be fetched from.',
  );
  expect(doneOf(events)).toMatchObject({ planned: hosts.length, failed: hosts.length });
  expect(api.requests).toHaveLength(asked);
  expect(namesIn(join(cli.home, 'out'))).toEqual([]);
});

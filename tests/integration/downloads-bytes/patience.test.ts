import { existsSync, readFileSync } from 'node:fs';
import { ReadableStream } from 'node:stream/web';
import { describe, expect, test, vi } from 'vitest';
import { fetchToPart, type FetchToPartDeps } from '../../../main/features/downloads/fetch/fetch-to-part.ts';
import { createSpeedLimit } from '../../../main/features/downloads/fetch/speed-limit.ts';
import { createWatchdog, Stopped } from '../../../main/features/downloads/fetch/watchdog.ts';
import type { ImageBody } from '../../../main/adapters/remote/images/image-source.ts';
import { jobFor, noise, sha256 } from './fetching.ts';
import { manualClock } from './manual-clock.ts';

const never = new AbortController().signal;
const forEver = new Promise<never>(() => undefined);

function bodyOf(chunks: AsyncIterable<Uint8Array>, totalBytes: number | null): ImageBody {
  const common = { status: 200, from: 0, validator: '"one"', lastModified: null, contentType: null } as const;
  return { ...common, totalBytes, chunks, discard: () => undefined };
}

/** Creates a source with the given body. */
function sourceOf(body: ImageBody): FetchToPartDeps['openImage'] {
  return () => Promise.resolve({ ok: true, value: body });
}

describe('the watchdog of one transfer', () => {
  test.each(['the answer', 'the bytes'])('gives up when %s never comes', async (what) => {
    const clock = manualClock();
    const silent = { [Symbol.asyncIterator]: () => ({ next: () => forEver }) };
    let asked = 0;
    const openImage = (): ReturnType<FetchToPartDeps['openImage']> => {
      asked += 1;
      return what === 'the answer' ? forEver : Promise.resolve({ ok: true, value: bodyOf(silent, 10) });
    };
    const deps = { openImage, clock, speedLimit: createSpeedLimit({ bytesPerSecond: null, clock }) };
    const job = jobFor('http://127.0.0.1:9');
    const fetching = fetchToPart(job, deps, never);
    await vi.waitFor(() => {
      expect(what === 'the answer' ? asked : job.opens.length).toBe(1);
    });
    await clock.advance(200_000);
    await clock.advance(200_000);
    expect(await fetching).toMatchObject({ ok: false, error: { code: 'timed-out', canRetry: true } });
    expect(existsSync(job.partPath)).toBe(false);
  });

  test('keeps what had arrived before', async () => {
    const clock = manualClock();
    const file = await noise(60, 40);
    let asked = 0;
    const next = (): Promise<IteratorResult<Uint8Array>> => {
      asked += 1;
      return asked === 1 ? Promise.resolve({ done: false, value: file.subarray(0, 1000) }) : forEver;
    };
    const openImage = sourceOf(bodyOf({ [Symbol.asyncIterator]: () => ({ next }) }, file.length));
    const job = jobFor('http://127.0.0.1:9');
    const deps = { openImage, clock, speedLimit: createSpeedLimit({ bytesPerSecond: null, clock }) };
    const fetching = fetchToPart(job, deps, never);
    await vi.waitFor(() => {
      expect(asked).toBe(2);
    });
    await clock.advance(200_000);
    await clock.advance(200_000);
    expect(await fetching).toMatchObject({ ok: false, error: { code: 'timed-out', keepPart: true } });
    expect(readFileSync(job.partPath).equals(file.subarray(0, 1000))).toBe(true);
  });

  test('discards an answer that comes after it was cancelled', async () => {
    const clock = manualClock();
    const opening = Promise.withResolvers<{ ok: true; value: ImageBody }>();
    const speedLimit = createSpeedLimit({ bytesPerSecond: null, clock });
    const cancel = new AbortController();
    const fetching = fetchToPart(
      jobFor('http://127.0.0.1:9'),
      { openImage: () => opening.promise, clock, speedLimit },
      cancel.signal,
    );
    cancel.abort();
    expect(await fetching).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    const discarded = Promise.withResolvers<boolean>();
    const late = bodyOf(ReadableStream.from([]), null);
    opening.resolve({ ok: true, value: { ...late, discard: () => discarded.resolve(true) } });
    expect(await discarded.promise).toBe(true);
  });

  test('lets a slow speed limit be, however long it takes', async () => {
    const clock = manualClock();
    const file = await noise(60, 40);
    const speedLimit = createSpeedLimit({ bytesPerSecond: 1, clock });
    const chunks = ReadableStream.from([file.subarray(0, 1000), file.subarray(1000)]);
    const job = jobFor('http://127.0.0.1:9');
    const fetching = fetchToPart(job, { openImage: sourceOf(bodyOf(chunks, file.length)), clock, speedLimit }, never);
    const ended = fetching.then(() => 'ended');
    const state = async () => Promise.race([ended, Promise.resolve('waits')]);
    await vi.waitFor(() => {
      expect(job.progress).toEqual([1000]);
    });
    for (let s = 0; s < 900; s += 60) {
      await clock.advance(60_000);
      expect(await state()).toBe('waits');
    }
    await vi.waitFor(async () => {
      await clock.advance(60_000);
      expect(await state()).toBe('ended');
    });
    expect(await fetching).toMatchObject({ ok: true, value: { sha256: sha256(file) } });
  });

  test('does not interrupt the disk for a wish, and gives up a disk that hangs', async () => {
    const clock = manualClock();
    const cancel = new AbortController();
    const watchdog = createWatchdog({ clock, patienceMs: 1000, signal: cancel.signal });
    const writing = Promise.withResolvers<string>();
    const written = watchdog.disk(writing.promise);
    cancel.abort();
    writing.resolve('written');
    expect(await written).toBe('written');
    await expect(watchdog.network(Promise.resolve(1))).rejects.toMatchObject({ reason: 'cancelled' });

    const hanging = watchdog.disk(forEver);
    const given = expect(hanging).rejects.toMatchObject({ reason: 'stalled', waitedFor: 'disk' });
    await clock.advance(1000);
    await clock.advance(1000);
    await given;
    await expect(watchdog.disk(forEver)).rejects.toBeInstanceOf(Stopped);
    watchdog.stop();
  });

  test('sleeps no more once it is stopped', () => {
    const clock = manualClock();
    const watchdog = createWatchdog({ clock, patienceMs: 1000, signal: never });
    expect(clock.sleepers()).toBe(1);
    watchdog.stop();
    expect(clock.sleepers()).toBe(0);
  });
});

test('more bytes than declared: the file changed', async () => {
  const clock = manualClock();
  const file = await noise(60, 40);
  const chunks = ReadableStream.from([file]);
  const speedLimit = createSpeedLimit({ bytesPerSecond: null, clock });
  const job = jobFor('http://127.0.0.1:9');
  const openImage = sourceOf(bodyOf(chunks, file.length - 1));
  const fetched = await fetchToPart(job, { openImage, clock, speedLimit }, never);
  expect(fetched).toMatchObject({ ok: false, error: { code: 'changed', canRetry: true, keepPart: false } });
  expect(existsSync(job.partPath)).toBe(false);
});

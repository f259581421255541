import { describe, expect, it, test } from 'vitest';
import { fetchCodes } from '../../../main/domain/network/fetch-problem.ts';
import { cacheName, fingerprintOf } from '../../../main/features/thumbnails/cache/cache-names.ts';
import { contentTypeOf, maySpeakForItself } from '../../../main/features/thumbnails/content-types.ts';
import { createFailureMemory } from '../../../main/features/thumbnails/failures/failure-memory.ts';
import {
  knownFailure,
  notAnImageFailure,
  reportsBroken,
  switchedOff,
} from '../../../main/features/thumbnails/failures/failures.ts';
import { createHostBackoff } from '../../../main/features/thumbnails/fetch/host-backoff.ts';
import { isWholeWebp } from '../../../main/features/thumbnails/cache/whole-webp.ts';
import { manualClock } from '../../integration/downloads-bytes/manual-clock.ts';

const listing = { url: 'https://images.example/a.png', sizeText: '5 Kb' };
const key = { accountId: 3, id: 7 };

test('an image that changed has another name in the cache', () => {
  const before = fingerprintOf(listing);
  expect(fingerprintOf({ ...listing })).toBe(before);
  expect(fingerprintOf({ ...listing, sizeText: '6 Kb' })).not.toBe(before);
  expect(fingerprintOf({ ...listing, url: `${listing.url}?v=2` })).not.toBe(before);
  expect(cacheName(key, before, '-256.webp')).toMatch(/^3\/[0-9a-f]{2}\/7-[0-9a-f]{20}-256\.webp$/);
});

test('a cached picture is whole where its head says its length', () => {
  const head = Buffer.from('RIFF\x10\0\0\0WEBP', 'latin1');
  expect(isWholeWebp(head, 24)).toBe(true);
  expect(isWholeWebp(head, 23)).toBe(false);
  expect(isWholeWebp(head.subarray(0, 11), 24)).toBe(false);
  expect(isWholeWebp(Buffer.from('RIFF\x10\0\0\0WAVE', 'latin1'), 24)).toBe(false);
});

test('an image is called broken for what it is, never for the way to it', () => {
  const broken = fetchCodes.filter((code) => reportsBroken({ code, canRetry: false }));
  const ofTheServer = ['not-found', 'refused', 'unexpected-answer', 'not-permitted', 'redirect-loop'];
  expect(broken.sort()).toEqual([...ofTheServer, 'empty', 'web-page', 'not-a-picture', 'cut-off'].sort());
  expect(reportsBroken({ code: 'cut-off', canRetry: true })).toBe(false);
  const facts = { exactBytes: null, sha256: null, type: null, pixels: null };
  expect(knownFailure({ ...facts, broken: { code: 'not-found', message: 'no' } })).toMatchObject({ code: 'not-found' });
  expect(knownFailure({ ...facts, broken: { code: 'timed-out', message: 'no' } })).toBeUndefined();
  expect(knownFailure({ ...facts, broken: { code: 'of-a-newer-version', message: 'no' } })).toBeUndefined();
  expect(knownFailure({ ...facts, broken: null })).toBeUndefined();
});

test('a file speaks for itself only where browsers show it at no great cost', () => {
  const source = { path: '/a', bytes: 5_000, type: 'bmp', pixels: 100 };
  expect(maySpeakForItself(source)).toBe(true);
  expect(maySpeakForItself({ ...source, type: 'tiff' })).toBe(false);
  expect(maySpeakForItself({ ...source, type: null })).toBe(false);
  expect(maySpeakForItself({ ...source, pixels: null })).toBe(false);
  expect(maySpeakForItself({ ...source, bytes: 2 ** 24 })).toBe(false);
  expect([contentTypeOf('svg'), contentTypeOf('toString'), contentTypeOf(null)]).toEqual([
    'image/svg+xml',
    'application/octet-stream',
    'application/octet-stream',
  ]);
});

describe('what is remembered of failures', () => {
  it('holds for the image as it was listed, for what it is about, and as long as it is meant to', () => {
    let now = 0;
    const memory = createFailureMemory(() => now);
    memory.remember(key, 'one', notAnImageFailure, 'make', 10);
    expect(memory.blocks(key, 'one', 'make')).toBe(notAnImageFailure);
    expect(memory.blocks(key, 'one', 'fetch')).toBeUndefined();
    expect(memory.blocks(key, 'two', 'make')).toBeUndefined();
    // A clock that was set back.
    now = -1;
    expect(memory.blocks(key, 'one', 'make')).toBeUndefined();
    now = 10;
    expect(memory.blocks(key, 'one', 'make')).toBeUndefined();
    expect(memory.last(key, 'one')).toBe(notAnImageFailure);
    memory.remember(key, 'one', switchedOff, 'nothing');
    expect(memory.last(key, 'one')).toBe(switchedOff);
    memory.forget(key);
    expect(memory.last(key, 'one')).toBeUndefined();
  });
});

describe('a host that can’t be reached', () => {
  const problem = { code: 'timed-out', message: 'Nothing came.', canRetry: true } as const;

  it('is held for twice as long each time, up to a minute, until it serves again', async () => {
    const clock = manualClock();
    const holds = createHostBackoff(clock, () => undefined, new AbortController().signal);
    for (const heldMs of [5_000, 10_000, 20_000, 40_000, 60_000, 60_000]) {
      const until = clock.now() + heldMs;
      // Other requests in flight get the same result.
      for (let others = 0; others < 6; others++) expect(holds.met('a', problem).retryAt).toBe(until);
      await clock.advance(heldMs - 1);
      expect(holds.held('a')).toBeDefined();
      await clock.advance(1);
      expect(holds.held('a')).toBeUndefined();
    }
    holds.met('a', problem);
    expect(holds.held('a')).toMatchObject({ code: 'timed-out', canRetry: true });
    expect(holds.held('b')).toBeUndefined();
    holds.served('a');
    expect(holds.held('a')).toBeUndefined();
    expect(holds.met('a', problem).retryAt).toBe(clock.now() + 5_000);
    holds.lift('a');
    expect(holds.held('a')).toBeUndefined();
  });

  it('that asked to wait is held although it serves what was under way, and whoever wants it lifted', async () => {
    const clock = manualClock();
    const holds = createHostBackoff(clock, () => undefined, new AbortController().signal);
    const busy = { code: 'throttled', message: 'Wait.', canRetry: true, status: 429 } as const;
    expect(holds.met('a', { ...busy, retryAfterMs: 90_000 }).retryAt).toBe(90_000);
    expect(holds.met('a', busy).retryAt).toBe(90_000);
    holds.served('a');
    holds.lift('a');
    expect(holds.held('a')).toMatchObject({ code: 'throttled', retryAt: 90_000 });
    await clock.advance(90_000);
    expect(holds.held('a')).toBeUndefined();
  });

  it('is held no longer once the clock was set back', () => {
    let now = 1_000_000;
    const clock = { ...manualClock(), now: () => now };
    const holds = createHostBackoff(clock, () => undefined, new AbortController().signal);
    holds.met('a', problem);
    expect(holds.held('a')).toBeDefined();
    now = 0;
    expect(holds.held('a')).toBeUndefined();
    expect(holds.met('a', problem).retryAt).toBe(10_000);
  });

  it('is not one that answered, whatever became of the file', () => {
    const holds = createHostBackoff(manualClock(), () => undefined, new AbortController().signal);
    expect(holds.met('a', { ...problem, status: 200 }).retryAt).toBeNull();
    expect(holds.held('a')).toBeUndefined();
  });
});

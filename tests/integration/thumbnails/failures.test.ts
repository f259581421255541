import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../support/fake-api/fault.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { drawnFile, fakeImage, fileOf, plainImages } from '../../support/fake-api/fake-image.ts';
import { manualClock } from '../downloads-bytes/manual-clock.ts';
import { openPictureBench } from './picture-bench.ts';

const photo = drawnFile('photo.jpeg', 'jpeg', 120_000);
const one = [fakeImage({ id: 7, segment: 'photo.jpeg', file: photo, size: '117 Kb' })];

type Case = { readonly what: string; readonly fault: Fault; readonly code: string; readonly canRetry: boolean };

const broken: readonly Case[] = [
  { what: 'a web page', fault: faults.loginPage(), code: 'web-page', canRetry: true },
  { what: 'a missing file', fault: faults.missing(), code: 'not-found', canRetry: false },
  { what: 'a refusal', fault: faults.status(403), code: 'refused', canRetry: false },
  { what: 'nothing', fault: faults.status(200, '', 'image/png'), code: 'empty', canRetry: true },
  { what: 'a loop', fault: faults.redirectLoop(), code: 'redirect-loop', canRetry: false },
];

describe('an image that is broken', () => {
  it.each(broken)(
    'is said to be, and not asked for again until somebody wants it: $what',
    async ({ fault, code, canRetry }) => {
      const bench = await openPictureBench(one);
      bench.api.faultFiles(fault);
      expect(await bench.open(7)).toMatchObject({ ok: false, error: { code, canRetry } });
      const asked = bench.api.fileRequests(7).length;
      expect(await bench.open(7)).toMatchObject({ ok: false, error: { code } });
      expect(await bench.open(7, 'original')).toMatchObject({ ok: false, error: { code } });
      expect(bench.explain(7)).toMatchObject({ code, canRetry });
      expect(bench.image(7).broken).toBe(true);
      expect(bench.changed).toHaveLength(1);

      const later = await bench.reopen();
      expect(later.explain(7)).toMatchObject({ code });
      expect(await later.open(7)).toMatchObject({ ok: false, error: { code } });
      expect(later.api.fileRequests(7)).toHaveLength(asked);
      later.api.clearFaults();
      later.retry(7);
      expect(await later.open(7)).toMatchObject({ ok: true });
      expect(later.image(7).broken).toBe(false);
      expect(later.explain(7)).toBeNull();
    },
  );

  it('is one whose file is cut off at the server', async () => {
    const whole = await photo.make();
    const half = fileOf('photo.jpeg', whole.subarray(0, whole.length / 2));
    const bench = await openPictureBench([fakeImage({ id: 7, segment: 'photo.jpeg', file: half, size: '58 Kb' })]);
    expect(await bench.open(7)).toMatchObject({ ok: false, error: { code: 'cut-off', canRetry: false } });
    expect(bench.image(7).broken).toBe(true);
  });
});

describe('an image that fails for the time being', () => {
  it.each([
    { what: 'cut off on the way', fault: faults.cutOff(), code: 'connection-lost' },
    { what: 'stalled', fault: faults.stall(), code: 'timed-out' },
    { what: 'damaged in its coding', fault: { headers: { 'content-encoding': 'br' } }, code: 'cut-off' },
    { what: 'trouble at the server', fault: faults.badGateway(), code: 'server-error' },
  ])('is left alone for a minute and not called broken: $what', async ({ fault, code }) => {
    const bench = await openPictureBench(one);
    bench.api.faultFiles(fault, {}, 1);
    expect(await bench.open(7)).toMatchObject({ ok: false, error: { code, canRetry: true } });
    expect(await bench.open(7)).toMatchObject({ ok: false, error: { code } });
    expect(bench.api.fileRequests(7)).toHaveLength(1);
    expect(bench.image(7).broken).toBe(false);
    bench.retry(7);
    expect(await bench.open(7)).toMatchObject({ ok: true });
  });
});

describe('a host', () => {
  it.each([429, 503] as const)('that asks to wait is left alone by every image for as long (%i)', async (status) => {
    const clock = manualClock();
    const images = plainImages(3);
    const bench = await openPictureBench(images, { clock });
    const [first = 0, second = 0] = images.map(({ id }) => id);
    bench.api.faultFiles(faults.busy(status, { seconds: 20 }), {}, 1);
    const until = clock.now() + 20_000;
    expect(await bench.open(first)).toMatchObject({ ok: false, error: { canRetry: true, retryAt: until } });
    expect(await bench.open(second)).toMatchObject({ ok: false, error: { retryAt: until } });
    expect(bench.explain(second)?.message).toMatch(/asks to wait|has trouble/);
    bench.retry(second);
    expect(await bench.open(second)).toMatchObject({ ok: false, error: { retryAt: until } });
    expect(bench.api.fileRequests()).toHaveLength(1);
    await clock.advance(20_000);
    await expect.poll(bench.releases).toBe(1);
    expect(await bench.open(second)).toMatchObject({ ok: true });
    expect(await bench.open(first)).toMatchObject({ ok: true });
  });

  it('that can’t be reached is tried again by whoever asks for it, and later by itself', async () => {
    const clock = manualClock();
    const images = plainImages(2);
    const bench = await openPictureBench(images, { clock });
    const [first = 0, second = 0] = images.map(({ id }) => id);
    await bench.api.close();
    expect(await bench.open(first)).toMatchObject({ ok: false, error: { code: 'connection-refused' } });
    const retryAt = clock.now() + 5_000;
    expect(await bench.open(second)).toMatchObject({ ok: false, error: { code: 'connection-refused', retryAt } });
    bench.retry(second);
    await clock.advance(1_000);
    expect(await bench.open(second)).toMatchObject({ ok: false, error: { retryAt: clock.now() + 10_000 } });
    expect([bench.image(first).broken, bench.image(second).broken]).toEqual([false, false]);
  });
});

describe('a picture that can’t be made small', () => {
  it('is said to be too large where it has too many pixels, and its file can still be had', async () => {
    const bomb = await sharp({
      create: { width: 11_000, height: 10_000, channels: 3, background: 'red' },
      limitInputPixels: false,
    })
      .png()
      .toBuffer();
    const image = fakeImage({ id: 7, segment: 'bomb.png', file: fileOf('bomb.png', bomb), size: '300 Kb' });
    const bench = await openPictureBench([image]);
    expect(await bench.open(7)).toMatchObject({ ok: false, error: { code: 'too-large', canRetry: false } });
    expect(bench.explain(7)?.message).toMatch(/100 million pixels/);
    expect(bench.image(7)).toMatchObject({ broken: false, width: 11_000 });
    expect(await bench.open(7, 'original')).toMatchObject({ ok: true });
    expect(await bench.open(7)).toMatchObject({ ok: false, error: { code: 'too-large' } });
    expect(bench.api.fileRequests()).toHaveLength(1);
  });
});

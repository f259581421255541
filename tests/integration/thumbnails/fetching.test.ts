import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { must } from '../../support/core.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { drawnFile, fakeImage, fileOf, plainImages, type FakeImage } from '../../support/fake-api/fake-image.ts';
import { sha256 } from '../downloads/workbench.ts';
import { openPictureBench } from './picture-bench.ts';

const photo = drawnFile('photo.jpeg', 'jpeg', 120_000);

function images(): FakeImage[] {
  return [fakeImage({ id: 7, segment: 'photo.jpeg', file: photo, size: '117 Kb' }), ...plainImages(3)];
}

describe('a picture that is not here yet', () => {
  it('is fetched once, checked, made small, and measured', async () => {
    const bench = await openPictureBench(images());
    const { path, contentType } = must(await bench.open(7));
    expect(contentType).toBe('image/webp');
    const { width, height, format } = await sharp(path).metadata();
    expect([format, Math.max(width, height)]).toEqual(['webp', 256]);
    const content = await photo.make();
    expect(bench.image(7)).toMatchObject({ exactBytes: content.length, sha256: sha256(content), type: 'jpeg' });
    expect(bench.changed).toEqual([{ accountId: bench.accountId, id: 7 }]);
    const original = must(await bench.open(7, 'original'));
    expect(original.contentType).toBe('image/jpeg');
    expect(sha256(readFileSync(original.path))).toBe(sha256(content));
    const preview = await sharp(must(await bench.open(7, 'preview')).path).metadata();
    expect(Math.max(preview.width, preview.height)).toBeGreaterThan(256);
    expect(bench.api.fileRequests(7)).toHaveLength(1);
  });

  it('is asked for once by however many want it at once', async () => {
    const bench = await openPictureBench(images());
    const sizes = ['thumbnail', 'preview', 'original', 'thumbnail', 'original'] as const;
    const opened = await Promise.all(sizes.map((size) => bench.open(7, size)));
    expect(opened.every(({ ok }) => ok)).toBe(true);
    expect(bench.api.fileRequests()).toHaveLength(1);
  });

  it('is let go of at the server when nobody waits for it any more, and only then', async () => {
    const bench = await openPictureBench(images());
    bench.api.faultFiles(faults.slow(100, 50));
    const gone = new Promise((resolve) => bench.api.onFile(7, 1, () => void resolve(undefined)));
    const [first, second] = [new AbortController(), new AbortController()];
    const waiting = [bench.open(7, 'thumbnail', first.signal), bench.open(7, 'original', second.signal)];
    await gone;
    first.abort();
    expect(await waiting[0]).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect(bench.api.openFiles()).toBe(1);
    second.abort();
    expect(await waiting[1]).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await expect.poll(() => bench.api.openFiles()).toBe(0);
    bench.api.clearFaults();
    expect(await bench.open(7)).toMatchObject({ ok: true });
    expect(bench.explain(7)).toBeNull();
  });

  it('waits for its turn, six at once from one host, the newest first', async () => {
    const many = plainImages(20);
    const bench = await openPictureBench(many);
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    for (const { id } of many) bench.api.onFile(id, 1, () => held);
    const opened = many.map(({ id }) => bench.open(id));
    await expect.poll(() => bench.api.fileRequests().length).toBe(6);
    // Requests for unknown images are answered once all of these are queued.
    await Promise.all([1, 2, 3].map((nobody) => bench.open(nobody)));
    release();
    expect((await Promise.all(opened)).every(({ ok }) => ok)).toBe(true);
    expect(bench.api.mostOpenFiles()).toBe(6);
    const order = bench.api.fileRequests().map(({ id }) => many.findIndex((image) => image.id === id));
    // newest-first.test.ts tests the exact order; the last requests overtake those in the middle.
    const places = (images: readonly number[]) => images.map((image) => order.indexOf(image));
    expect(Math.max(...places([17, 18, 19]))).toBeLessThan(Math.min(...places([8, 9, 10])));
    expect(order).toHaveLength(20);
  });

  it('is not fetched where that is switched off, and said so; what is here is shown', async () => {
    const setting = { mayFetch: true };
    const bench = await openPictureBench(images(), { mayFetch: () => setting.mayFetch });
    must(await bench.open(7));
    setting.mayFetch = false;
    expect(await bench.open(7)).toMatchObject({ ok: true });
    const other = images()[1]?.id ?? 0;
    expect(await bench.open(other)).toMatchObject({ ok: false, error: { code: 'switched-off', canRetry: true } });
    expect(bench.explain(other)?.message).toMatch(/not downloaded yet.*switched off/);
    expect(bench.api.fileRequests()).toHaveLength(1);
    setting.mayFetch = true;
    expect(await bench.open(other)).toMatchObject({ ok: true });
    expect(bench.explain(other)).toBeNull();
  });

  it('is not fetched of a file that is none, nor of an image that nobody knows', async () => {
    const table = fakeImage({
      id: 9,
      segment: 'answers.csv',
      file: fileOf('answers.csv', Buffer.from('a,b')),
      size: '3 bytes',
    });
    const bench = await openPictureBench([table]);
    expect(await bench.open(9)).toMatchObject({ ok: false, error: { code: 'not-a-picture', canRetry: false } });
    expect(await bench.open(10)).toMatchObject({ ok: false, error: { code: 'unknown-image' } });
    expect(bench.image(9).broken).toBe(false);
    expect(bench.api.fileRequests()).toHaveLength(0);
  });
});

describe('every format of the sample library', () => {
  it.each(['jpeg', 'png', 'webp', 'gif', 'svg', 'avif', 'tiff'] as const)(
    'gives a small picture: %s',
    async (format) => {
      const file = drawnFile(`drawn.${format}`, format, 60_000);
      const bench = await openPictureBench([fakeImage({ id: 5, segment: `drawn.${format}`, file, size: '59 Kb' })]);
      const { path } = must(await bench.open(5));
      const { width, height, pages = 1 } = await sharp(path).metadata();
      expect(pages).toBe(1);
      expect(Math.max(width, height)).toBeGreaterThan(200);
      expect(Math.max(width, height)).toBeLessThanOrEqual(256);
    },
  );

  it.each(['bmp', 'ico'] as const)(
    'is shown as it is where browsers show it and no small one can be made: %s',
    async (format) => {
      const file = drawnFile(`drawn.${format}`, format, 500_000);
      const bench = await openPictureBench([fakeImage({ id: 5, segment: `drawn.${format}`, file, size: '488 Kb' })]);
      const { path, contentType } = must(await bench.open(5));
      expect(contentType).toMatch(/^image\/(bmp|x-icon)$/);
      expect(sha256(readFileSync(path))).toBe(sha256(await file.make()));
    },
  );
});

import { describe, expect, it } from 'vitest';
import { must } from '../../support/core.ts';
import { drawnFile, fakeImage, fileOf, plainImages, type FakeImage } from '../../support/fake-api/fake-image.ts';
import type { Fault } from '../../support/fake-api/fault.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';
import { openBench, type Bench } from './bench-test.ts';
import { filesBelow, sha256 } from './workbench.ts';

const big = 5_000_000;

async function rowOf(bench: Bench, batchId: number) {
  const [row] = must(bench.downloads.transfers(batchId, undefined, 0, 1));
  if (row === undefined) throw new Error('No transfer');
  return row;
}

async function fetchOne(fault: Fault, times = Infinity, images: readonly FakeImage[] = plainImages(1)) {
  const bench = await openBench(images);
  bench.api.faultFiles(fault, {}, times);
  const { batch } = await bench.download();
  const content = (await images[0]?.file.make()) ?? Buffer.alloc(0);
  return {
    bench,
    batch,
    row: await rowOf(bench, batch.id),
    files: filesBelow(bench.destination),
    hash: sha256(content),
  };
}

describe('a body that is not what it should be', () => {
  const cases: readonly (readonly [string, Fault, string, number])[] = [
    ['404', faults.missing(), 'not-found', 1],
    ['403', faults.documented(403), 'refused', 1],
    ['500', faults.documented(500), 'server-error', 5],
    ['a web page in a 200', faults.loginPage(), 'web-page', 5],
    ['nothing', faults.empty(), 'empty', 5],
    ['a file that is cut off for good', faults.cutOff(), 'connection-lost', 5],
    ['a loop of redirects', faults.redirect('loop'), 'redirect-loop', 1],
    ['a redirect to file:', faults.redirect('file:///etc/passwd'), 'not-permitted', 1],
  ];
  it.each(cases)('%s fails, leaves no whole file, and makes the image broken', async (_, fault, code, least) => {
    const { bench, batch, row, files } = await fetchOne(fault);
    expect(batch).toMatchObject({ state: 'finished', planned: 1, failed: 1, done: 0 });
    expect(row).toMatchObject({ state: 'failed', reason: { code } });
    // A retry resumes the part of an interrupted file.
    expect(Object.keys(files).filter((name) => !name.endsWith('.part'))).toEqual([]);
    expect(bench.api.fileRequests(1_000_001).length).toBeGreaterThanOrEqual(least);
    const facts = bench.database.connection.prepare('SELECT broken_code FROM own.facts').get();
    expect(facts).toEqual({ broken_code: code });
  });

  it.each<readonly [string, Fault]>([
    ['is chunked', { transfer: 'chunked' }],
    ['is gzipped', { transfer: 'gzip' }],
    ['ends with the connection', { transfer: 'until-close' }],
    ['is redirected to another host', faults.redirect('other-host')],
    ['is redirected three times', faults.redirect('hops 3')],
  ])('saves what %s', async (_, fault) => {
    const { batch, files, hash } = await fetchOne(fault);
    expect(batch).toMatchObject({ done: 1, failed: 0 });
    expect(files).toEqual({ 'image-1000001.png': hash });
  });

  it.each<readonly [string, Fault]>([
    ['reset', { ending: { how: 'reset', after: 0.5 } }],
    ['stalled', { ending: { how: 'stall', after: 0.5 } }],
    ['refused with 429', faults.throttled({ seconds: 1 })],
    ['refused with 503', { answer: { status: 503 } }],
  ])('gets there after it was %s once', async (_, fault) => {
    const { batch, files, hash } = await fetchOne(fault, 1);
    expect(batch).toMatchObject({ done: 1, failed: 0 });
    expect(files).toEqual({ 'image-1000001.png': hash });
  });

  it('keeps the extension of a JPEG that is a PNG, and says what it is', async () => {
    const image = fakeImage({
      id: 1_000_001,
      segment: 'photo.jpg',
      file: fileOf('photo.jpg', tinyPicture('p')),
      size: '1 Kb',
    });
    const { bench, batch, files, hash } = await fetchOne({}, 0, [image]);
    expect(batch.done).toBe(1);
    expect(files).toEqual({ 'photo.jpg': hash });
    const saved = bench.database.connection.prepare('SELECT type, note FROM own.saved_files').get();
    expect(saved).toMatchObject({ type: 'png', note: expect.stringContaining('PNG') });
  });
});

describe('a large file', () => {
  const image = (): FakeImage[] => [
    fakeImage({ id: 1_000_001, segment: 'big.png', file: drawnFile('big.png', 'png', big), size: '5 Mb' }),
  ];

  it('goes on where it broke off', async () => {
    const { bench, batch, files, hash } = await fetchOne({ ending: { how: 'cut-off', after: 0.6 } }, 1, image());
    expect(batch).toMatchObject({ done: 1 });
    expect(files).toEqual({ 'big.png': hash });
    const [, second] = bench.api.fileRequests(1_000_001);
    expect(second?.status).toBe(206);
  });

  it('goes on through any number of stalls that each bring it further', async () => {
    const { bench, batch, files, hash } = await fetchOne({ ending: { how: 'stall', after: 0.3 } }, 8, image());
    expect(batch).toMatchObject({ done: 1 });
    expect(files).toEqual({ 'big.png': hash });
    expect(bench.api.fileRequests(1_000_001)).toHaveLength(9);
  });

  it('begins anew where parts can’t be had, or the file changed meanwhile', async () => {
    const whole = await fetchOne({ ending: { how: 'cut-off', after: 0.6 }, ignoresRange: true }, 1, image());
    expect(whole.files).toEqual({ 'big.png': whole.hash });
    const bench = await openBench(image());
    const changed = drawnFile('big.png', 'png', big + 1000, 2);
    bench.api.faultFiles({ ending: { how: 'cut-off', after: 0.6 } }, {}, 1);
    bench.api.changeFileAfter(1_000_001, 1, changed);
    expect((await bench.download()).batch).toMatchObject({ done: 1 });
    expect(filesBelow(bench.destination)).toEqual({ 'big.png': sha256(await changed.make()) });
  });
});

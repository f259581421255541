import { readFileSync, statSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { namedImages, plainImages } from '../../support/fake-api/fake-image.ts';
import { must } from '../../support/core.ts';
import { openBench, type Bench } from './bench-test.ts';
import { filesBelow, sha256 } from './workbench.ts';

async function expectedFiles(bench: Bench): Promise<Record<string, string>> {
  const images = bench.api.library.images();
  const entries = await Promise.all(
    images.map(async ({ path, file }) => [path.slice(path.lastIndexOf('/') + 1), sha256(await file.make())] as const),
  );
  return Object.fromEntries(entries.sort(([left], [right]) => (left < right ? -1 : 1)));
}

describe('a download', () => {
  it('brings every image, and remembers each', async () => {
    const bench = await openBench(plainImages(300));
    const { batch, failure } = await bench.download();
    expect(failure).toBeNull();
    expect(batch).toMatchObject({ state: 'finished', planned: 300, done: 300, skipped: 0, failed: 0, unsettled: 0 });
    expect(batch.bytes).toBe(300 * 600);
    expect(filesBelow(bench.destination)).toEqual(await expectedFiles(bench));
    const { mtimeMs } = statSync(join(bench.destination, 'image-1000001.png'));
    const image = bench.api.library.images().find(({ id }) => id === 1_000_001);
    expect(mtimeMs).toBe(image?.file.modifiedMs);
    const facts = bench.database.connection.prepare('SELECT * FROM own.facts WHERE image_id = 1000001').get();
    expect(facts).toMatchObject({ exact_bytes: 600, type: 'png', width: 1, height: 1, broken_code: null });
    expect(bench.api.fileRequests()).toHaveLength(300);
  });

  it('asks for nothing that still stands as it was written, and fetches what does not', async () => {
    const bench = await openBench(plainImages(5));
    await bench.download();
    writeFileSync(join(bench.destination, 'image-1000002.png'), 'something else');
    const again = await bench.download();
    expect(again.batch).toMatchObject({ planned: 5, skipped: 4, done: 1, failed: 0 });
    expect(bench.api.fileRequests()).toHaveLength(6);
    const files = filesBelow(bench.destination);
    expect(files['image-1000002.png']).toBe(sha256('something else'));
    expect(files['image-1000002 (1).png']).toBe((await expectedFiles(bench))['image-1000002.png']);
    const third = await bench.download();
    expect(third.batch).toMatchObject({ planned: 5, skipped: 5, done: 0 });
    expect(bench.api.fileRequests()).toHaveLength(6);
  });

  it('fetches again what changed its size text', async () => {
    const bench = await openBench(plainImages(2));
    await bench.download();
    bench.list([
      { id: 1_000_001, url: `${bench.api.origin}${bench.api.library.images()[1]?.path ?? ''}`, sizeText: '9 Kb' },
    ]);
    const again = await bench.download();
    expect(again.batch).toMatchObject({ planned: 2, skipped: 2, done: 0 });
    expect(bench.api.fileRequests(1_000_001)).toHaveLength(2);
  });

  it('leaves out what is no picture by its name, unless it is asked to', async () => {
    const images = namedImages(['a.png', 'table.csv']);
    const bench = await openBench(images);
    const first = await bench.download();
    expect(first.batch).toMatchObject({ planned: 2, done: 1, skipped: 1 });
    const second = await bench.download({ includeOther: true });
    expect(second.batch).toMatchObject({ planned: 2, done: 1, skipped: 1 });
    expect(Object.keys(filesBelow(bench.destination))).toEqual(['a.png', 'table.csv']);
  });

  it('gives each of many odd names a file of its own inside the destination', async () => {
    const names = [
      ...['..%2f..%2fetc%2fpasswd', 'CON.png', 'a%20b.png', '%C3%A9.png', 'e%CC%81.png', `${'x'.repeat(300)}.png`],
      ...['%E2%80%AEgnp.exe.png', '%00', 'bad%escape', 'q.png?v=1', 'IMG.JPG', 'img.jpg', 'same.png', 'same.png?2'],
    ];
    const bench = await openBench(namedImages(names));
    const { batch } = await bench.download();
    expect(batch).toMatchObject({ planned: names.length, done: names.length, failed: 0 });
    const files = filesBelow(bench.destination);
    expect(new Set(Object.values(files)).size).toBe(names.length);
    expect(new Set(Object.keys(files).map((name) => name.normalize('NFC').toLowerCase())).size).toBe(names.length);
  });
});

describe('what stands there already', () => {
  const taken = async (policy: 'skip-identical' | 'keep-both' | 'overwrite' | 'skip-existing', isSame: boolean) => {
    const bench = await openBench(plainImages(1));
    mkdirSync(bench.destination);
    const path = join(bench.destination, 'image-1000001.png');
    const content = (await bench.api.library.images()[0]?.file.make()) ?? Buffer.alloc(0);
    writeFileSync(path, isSame ? content : 'mine');
    const { batch } = await bench.download({ policy });
    return { bench, batch, path, hash: sha256(content), files: filesBelow(bench.destination) };
  };

  it('is skipped when it is the same, and known from then on', async () => {
    const { bench, batch, files } = await taken('skip-identical', true);
    expect(batch).toMatchObject({ done: 0, skipped: 1 });
    expect(Object.keys(files)).toEqual(['image-1000001.png']);
    const again = await bench.download();
    expect(again.batch).toMatchObject({ skipped: 1 });
    expect(bench.api.fileRequests()).toHaveLength(1);
  });

  it('has the image beside it when it differs', async () => {
    const { batch, files, hash } = await taken('skip-identical', false);
    expect(batch).toMatchObject({ done: 1, skipped: 0 });
    expect(files).toEqual({ 'image-1000001 (1).png': hash, 'image-1000001.png': sha256('mine') });
  });

  it('is kept with the image beside it', async () => {
    const { batch, files } = await taken('keep-both', true);
    expect(batch).toMatchObject({ done: 1 });
    expect(Object.keys(files)).toEqual(['image-1000001 (1).png', 'image-1000001.png']);
  });

  it('gives way where that was asked for', async () => {
    const { batch, path, hash } = await taken('overwrite', false);
    expect(batch).toMatchObject({ done: 1 });
    expect(sha256(readFileSync(path))).toBe(hash);
  });

  it('is left alone without a request', async () => {
    const { bench, batch, path } = await taken('skip-existing', false);
    expect(batch).toMatchObject({ skipped: 1, done: 0 });
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(bench.api.fileRequests()).toHaveLength(0);
  });

  it('never is another image of the same batch, when one comes to stand there meanwhile', async () => {
    const bench = await openBench(plainImages(1));
    mkdirSync(bench.destination);
    bench.api.onFile(1_000_001, 1, () => writeFileSync(join(bench.destination, 'image-1000001.png'), 'came meanwhile'));
    const { batch } = await bench.download();
    expect(batch).toMatchObject({ done: 1 });
    const rows = must(bench.downloads.transfers(batch.id, undefined, 0, 10));
    expect(rows[0]).toMatchObject({ finalPath: 'image-1000001 (1).png' });
    expect(readFileSync(join(bench.destination, 'image-1000001.png'), 'utf8')).toBe('came meanwhile');
  });
});

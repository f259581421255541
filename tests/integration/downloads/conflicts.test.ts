import { existsSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { conflictPolicies } from '../../../main/domain/transfer/batch.ts';
import { must } from '../../support/core.ts';
import { fakeImage, fileOf, namedImages, plainImages, type FakeImage } from '../../support/fake-api/fake-image.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';
import { openBench, type Bench } from './bench-test.ts';
import { filesBelow, sha256 } from './workbench.ts';

const name = 'image-1000001.png';

/** Opens a bench whose destination has these names taken, each by its own text, or by the image itself. */
async function openTaken(names: readonly string[], same: readonly string[] = []): Promise<Bench & { hash: string }> {
  const bench = await openBench(plainImages(1));
  const content = (await bench.api.library.images()[0]?.file.make()) ?? '';
  mkdirSync(bench.destination);
  for (const each of names) writeFileSync(join(bench.destination, each), `mine: ${each}`);
  for (const each of same) writeFileSync(join(bench.destination, each), content);
  return { ...bench, hash: sha256(content) };
}

const numbered = (n: number): string => `image-1000001 (${String(n)}).png`;

describe('a name that is taken', () => {
  it('with its numbers too, leads to the next number that is free', async () => {
    const taken = [name, numbered(1), numbered(2)];
    for (const policy of ['skip-identical', 'keep-both'] as const) {
      const bench = await openTaken(taken);
      expect((await bench.download({ policy })).batch).toMatchObject({ done: 1, skipped: 0 });
      const mine = taken.map((each) => [each, sha256(`mine: ${each}`)]);
      expect(filesBelow(bench.destination)).toEqual({ ...Object.fromEntries(mine), [numbered(3)]: bench.hash });
    }
  });

  it('where the numbers come to be taken after the plan, leads to the next one still', async () => {
    const bench = await openTaken([name]);
    const taken = [1, 2, 3].map(numbered);
    bench.api.onFile(1_000_001, 1, () => {
      for (const each of taken) writeFileSync(join(bench.destination, each), `late: ${each}`);
    });
    expect((await bench.download()).batch).toMatchObject({ done: 1 });
    const files = filesBelow(bench.destination);
    expect(files[numbered(4)]).toBe(bench.hash);
    for (const each of taken) expect(files[each]).toBe(sha256(`late: ${each}`));
  });

  it('by a link that leads nowhere, or to itself, is taken all the same', async () => {
    for (const target of ['nowhere', name]) {
      for (const policy of ['skip-identical', 'keep-both'] as const) {
        const bench = await openTaken([]);
        symlinkSync(target, join(bench.destination, name));
        const { batch, failure } = await bench.download({ policy });
        expect(failure).toBeNull();
        expect(batch).toMatchObject({ state: 'finished', done: 1 });
        expect(filesBelow(bench.destination)).toEqual({ [numbered(1)]: bench.hash });
      }
    }
  });

  it('is proven to be the image’s own only by its content', async () => {
    const bench = await openTaken([], [name]);
    await bench.download();
    writeFileSync(join(bench.destination, name), Buffer.alloc(600, 1));
    const { batch } = await bench.download();
    expect(batch).toMatchObject({ done: 1, skipped: 0 });
    expect(filesBelow(bench.destination)[numbered(1)]).toBe(bench.hash);
  });
});

describe('overwriting', () => {
  it('never takes the file of another image of the batch, whatever comes to stand where', async () => {
    const images = namedImages(['a.png', 'a%20%281%29.png']);
    const [first, second] = images.map(({ id }) => id);
    const bench = await openBench(images);
    mkdirSync(bench.destination);
    // A folder takes the first one's name after the plan, so it needs a number and finds the second one's name free.
    bench.api.onFile(first ?? 0, 1, () => mkdirSync(join(bench.destination, 'a.png')));
    bench.api.onFile(second ?? 0, 1, async () => {
      while (!existsSync(join(bench.destination, 'a (1).png'))) await new Promise((resolve) => setImmediate(resolve));
    });
    const { batch } = await bench.download({ policy: 'overwrite' });
    expect(batch).toMatchObject({ done: 2, failed: 0 });
    const hashes = Object.values(filesBelow(bench.destination)).sort();
    expect(hashes).toEqual((await Promise.all(images.map(async ({ file }) => sha256(await file.make())))).sort());
    const rows = must(bench.downloads.transfers(batch.id, undefined, 0, 2));
    expect(rows.map(({ finalPath }) => finalPath)).toEqual(['a (1).png', 'a (1) (1).png']);
  });

  it('leaves a link where it is, and what it leads to as it is', async () => {
    const bench = await openTaken(['elsewhere.txt']);
    symlinkSync('elsewhere.txt', join(bench.destination, name));
    expect((await bench.download({ policy: 'overwrite' })).batch).toMatchObject({ done: 1 });
    const hash = sha256('mine: elsewhere.txt');
    expect(filesBelow(bench.destination)).toEqual({ 'elsewhere.txt': hash, [numbered(1)]: bench.hash });
  });
});

describe.each(conflictPolicies)('a second run under %s', (policy) => {
  it('asks for nothing', async () => {
    const bench = await openBench(plainImages(12));
    mkdirSync(bench.destination);
    writeFileSync(join(bench.destination, 'image-1000004.png'), 'mine');
    await bench.download({ policy });
    const files = filesBelow(bench.destination);
    const requests = bench.api.fileRequests().length;
    const { batch } = await bench.download({ policy });
    expect(batch).toMatchObject({ state: 'finished', planned: 12, skipped: 12, done: 0 });
    expect(bench.api.fileRequests()).toHaveLength(requests);
    expect(filesBelow(bench.destination)).toEqual(files);
  });

  it('fetches what has another URL or size text by now', async () => {
    const renewed = (id: number, word: string): FakeImage => {
      const segment = `image-${id}.png`;
      return fakeImage({
        id,
        segment: `${segment}?${word}`,
        size: '1 Kb',
        file: fileOf(segment, tinyPicture(word, 700)),
      });
    };
    const bench = await openBench(plainImages(2));
    await bench.download({ policy });
    const next = renewed(1_000_001, 'renewed');
    bench.api.library.replaceFile(1_000_001, next.file);
    bench.list([{ id: 1_000_001, url: `${bench.api.origin}/qp_userimages/sub-3/1234567/${name}#2`, sizeText: '1 Kb' }]);
    const { batch } = await bench.download({ policy });
    expect(bench.api.fileRequests(1_000_002)).toHaveLength(1);
    if (policy === 'skip-existing') {
      expect(batch).toMatchObject({ skipped: 2 });
      return;
    }
    expect(batch).toMatchObject({ done: 1, skipped: 1 });
    const saved = policy === 'overwrite' ? name : numbered(1);
    expect(filesBelow(bench.destination)[saved]).toBe(sha256(await next.file.make()));
  });
});

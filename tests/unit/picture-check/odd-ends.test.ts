import { crc32 } from 'node:zlib';
import { beforeAll, describe, expect, test } from 'vitest';
import { createImageCheck } from '../../../main/domain/image-check/image-check.ts';
import type { ImageVerdict } from '../../../main/domain/image-check/verdict.ts';
import { pngChunk, samples, type Sample } from './pictures.ts';

let pictures: ReadonlyMap<string, Sample>;

beforeAll(async () => {
  pictures = new Map((await samples()).map((sample) => [sample.name, sample]));
});

function sample(name: string): Buffer {
  return Buffer.from(pictures.get(name)?.bytes ?? []);
}

/** Returns the verdict, which must be the same for one chunk and for single bytes. */
function check(bytes: Uint8Array): ImageVerdict {
  const [whole, single] = [createImageCheck(crc32), createImageCheck(crc32)];
  whole.push(bytes);
  for (let at = 0; at < bytes.length; at += 1) single.push(bytes.subarray(at, at + 1));
  const verdict = whole.finish();
  expect(single.finish()).toEqual(verdict);
  return verdict;
}

const latin = (text: string): Buffer => Buffer.from(text, 'latin1');

describe('a gif without its trailer', () => {
  test.each(['gif', 'animated gif'])('%s is whole with a note where it ends between two blocks', (name) => {
    const { bytes: _, name: __, ...facts } = pictures.get(name) ?? { bytes: [], name };
    const note = 'The GIF picture has no end mark: it ends between two blocks.';
    expect(check(sample(name).subarray(0, -1))).toEqual({ whole: true, ...facts, note });
    const comment = Buffer.concat([sample(name).subarray(0, -1), latin('!\xfe\x03abc\0\0\0')]);
    expect(check(comment)).toMatchObject({ whole: true, note });
  });

  test('is cut off where it ends inside a block, or where an image must follow', () => {
    const gif = sample('animated gif');
    const control = Buffer.concat([gif.subarray(0, -1), latin('!\xf9\x04\0\0\0\0\0')]);
    for (const cut of [gif.subarray(0, -2), gif.subarray(0, 20), control]) {
      expect(check(cut)).toMatchObject({ whole: false, code: 'cut-off' });
    }
  });
});

describe('a jpeg without its end mark', () => {
  const samsung = latin(
    '\0\0\x01\x0a\x0e\0\0\0Image_UTC_Data1234SEFHk\0\0\0\x01\0\0\0\0\0\x01\x0a\x2a\0\0\0\x18\0\0\0SEFT',
  );
  const trailers: readonly (readonly [string, Buffer])[] = [
    ['Samsung', samsung],
    [
      'Samsung',
      Buffer.concat([latin('\xff\xe1\0\0\xff\xc0\0\x01 bytes that look like markers \xff\xe2\xff\xff'), samsung]),
    ],
    ['Samsung', latin('more data \x10\0\0\0QDIOBS')],
    ['Insta360', latin('a trace of gyroscopes 8db42d694ccc418790edff439fe026bf')],
    ['Vivo', latin('vivo{"a":1}\xff\xff\xff\xff\x1b*9HWfu\x84\x93\xa2\xb1')],
    ['Nikon', latin('<x/>\0\0\0\0\0\0/NIKON APP')],
    ['AFCP', latin('AXS!12345678')],
    ['Photo Mechanic', latin('1234cbipcbbl')],
  ];

  test.each(trailers)('is whole with a note where data of %s ends the file', (vendor, trailer) => {
    for (const name of ['jpeg', 'progressive jpeg', 'jpeg with a thumbnail']) {
      const jpeg = sample(name);
      expect(jpeg.subarray(-2)).toEqual(latin('\xff\xd9'));
      const verdict = check(Buffer.concat([jpeg.subarray(0, -2), trailer]));
      const note = `The JPEG picture has no end mark: data of ${vendor} follows it.`;
      expect(verdict).toMatchObject({ whole: true, type: 'jpeg', width: pictures.get(name)?.width, note });
    }
  });

  test('is whole with its end mark, whatever follows that', () => {
    expect(check(Buffer.concat([sample('jpeg'), samsung]))).not.toHaveProperty('note');
  });

  test('is cut off without such data, or where that is cut itself', () => {
    const jpeg = sample('jpeg').subarray(0, -2);
    for (const more of [latin(''), latin('SEF'), samsung.subarray(0, -1), latin('whatever it is')]) {
      expect(check(Buffer.concat([jpeg, more]))).toMatchObject({ whole: false, code: 'cut-off' });
    }
    const head = jpeg.subarray(0, jpeg.indexOf(latin('\xff\xda')));
    expect(check(Buffer.concat([head, samsung])).whole).toBe(false);
  });

  test('several pictures in one file end with the last', () => {
    const jpeg = sample('jpeg');
    expect(check(Buffer.concat([jpeg.subarray(0, -2), sample('progressive jpeg')]))).toMatchObject({
      ...{ whole: true, width: 40, height: 30 },
    });
  });
});

describe('a png', () => {
  test('is damaged where any byte of any chunk is', () => {
    for (const name of ['png', 'interlaced png', 'apng']) {
      const png = sample(name);
      for (let at = 12; at < png.length; at += 1) {
        const damaged = Buffer.from(png);
        damaged[at] = (damaged[at] ?? 0) ^ 1;
        expect({ name, at, whole: check(damaged).whole }).toEqual({ name, at, whole: false });
      }
    }
  });

  test('with a chunk that nobody knows is whole, and damaged where that chunk is', () => {
    const png = sample('png');
    const chunk = Buffer.from(pngChunk('teXt', Buffer.from('a word')));
    const withChunk = (): Buffer => Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
    expect(check(withChunk())).toMatchObject({ whole: true });
    chunk.write('b', 8);
    expect(check(withChunk())).toMatchObject({ whole: false, code: 'not-a-picture' });
  });

  test('whose data is zeroed in the middle is no picture', () => {
    const png = sample('png');
    const at = png.indexOf('IDAT') + 10;
    expect(check(Buffer.from(png).fill(0, at, at + 100))).toMatchObject({ whole: false, code: 'not-a-picture' });
  });
});

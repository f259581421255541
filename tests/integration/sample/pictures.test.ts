import { crc32 } from 'node:zlib';
import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { createImageCheck } from '../../../main/domain/image-check/image-check.ts';
import type { ImageVerdict } from '../../../main/domain/image-check/verdict.ts';
import { createSampleLibrary, type SampleImage } from '../../../main/features/sample/library.ts';
import { leastPaddingBytes, padImage } from '../../../main/features/sample/padding/pad-picture.ts';
import { createRenderBase } from '../../../main/features/sample/images/base-picture.ts';
import { encodeBmp } from '../../../main/features/sample/images/bmp.ts';
import {
  isEvenFormat,
  imageFormats,
  smallestBytes,
  tiers,
  tierOf,
} from '../../../main/features/sample/images/formats.ts';
import { createImageMaker } from '../../../main/features/sample/images/picture-maker.ts';
import { subjects } from '../../../main/features/sample/images/scenes.ts';

const renderBase = createRenderBase();

function verdictOn(file: Uint8Array): ImageVerdict {
  const check = createImageCheck(crc32);
  check.push(file);
  return check.finish();
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function imagesOf(count: number, seed: number): SampleImage[] {
  const library = createSampleLibrary({ count, seed });
  return Array.from({ length: count }, (_, position) => library.at(position)).filter((image) => image !== undefined);
}

/** Reads a pixel of a BMP, which sharp can't decode. */
function bmpPixel(file: Buffer, x: number, y: number): readonly number[] {
  const [pixelsAt, width, height] = [file.readUInt32LE(10), file.readInt32LE(18), file.readInt32LE(22)];
  const at = pixelsAt + (height - 1 - y) * Math.ceil((width * 3) / 4) * 4 + x * 3;
  return [file[at + 2] ?? -1, file[at + 1] ?? -1, file[at] ?? -1];
}

/** Returns the PNG images of an ICO's directory. */
function iconPictures(file: Buffer): readonly { side: number; png: Buffer }[] {
  return Array.from({ length: file.readUInt16LE(4) }, (_, index) => {
    const entry = 6 + 16 * index;
    const [bytes, offset] = [file.readUInt32LE(entry + 8), file.readUInt32LE(entry + 12)];
    return { side: (file[entry] ?? 0) || 256, png: file.subarray(offset, offset + bytes) };
  });
}

describe.each(imageFormats)('a %s', (format) => {
  const order = { format, subject: 'card', variant: 1, tier: tierOf(smallestBytes(format)) } as const;

  test('fits under the smallest size of its tier, whatever it shows', async () => {
    for (const subject of subjects) {
      const base = await renderBase({ ...order, subject, variant: 0 });
      const tier = tiers[order.tier] ?? tiers[0];
      expect(base.length).toBeLessThanOrEqual(tier.ceilingBytes);
      expect(tier.ceilingBytes + leastPaddingBytes).toBeLessThanOrEqual(tier.fromBytes);
      expect(verdictOn(base)).toMatchObject({ whole: true, type: format });
    }
  });

  test('becomes a file of exactly the length asked for, whole, and cut off it is not', async () => {
    const base = await renderBase(order);
    const gaps = [
      128, 129, 255, 256, 257, 258, 259, 260, 514, 515, 516, 65_533, 65_537, 65_538, 65_540, 65_541, 131_076,
    ];
    const even = isEvenFormat(format) ? 1 : 0;
    for (const gap of gaps.map((bytes) => bytes + (even & (base.length + bytes)))) {
      const file = padImage(format, base, base.length + gap, 'A label. ');
      expect(file.length).toBe(base.length + gap);
      expect(verdictOn(file)).toMatchObject({ whole: true, type: format });
      // A free box at an AVIF's end isn't part of the image: only its declared length counts.
      if (format !== 'avif')
        expect(verdictOn(file.subarray(0, file.length - (format === 'gif' ? 2 : 1))).whole).toBe(false);
    }
    expect(() => padImage(format, base, base.length + 127, 'A label. ')).toThrow(RangeError);
  });

  test('shows the same as its base picture, and no other file has its bytes', async () => {
    const base = await renderBase(order);
    const bytes = base.length + 3_000 + (base.length % 2);
    const file = padImage(format, base, bytes, 'The first. ');
    expect(sha256(padImage(format, base, bytes, 'The first. '))).toBe(sha256(file));
    expect(sha256(padImage(format, base, bytes, 'The second. '))).not.toBe(sha256(file));
    if (format === 'bmp') {
      expect([0, 7, 31].map((place) => bmpPixel(file, place, place))).toEqual(
        [0, 7, 31].map((place) => bmpPixel(base, place, place)),
      );
    } else if (format === 'ico') {
      expect(iconPictures(file)).toEqual(iconPictures(base));
      for (const { side, png } of iconPictures(file)) {
        expect(await sharp(png, { failOn: 'warning' }).metadata()).toMatchObject({ width: side, height: side });
      }
    } else {
      const pixels = (picture: Buffer) => sharp(picture, { failOn: 'warning', animated: true }).raw().toBuffer();
      expect(sha256(await pixels(file))).toBe(sha256(await pixels(base)));
    }
  });
});

describe('pictures of a library', () => {
  test('decode, have the byte count of the listing, and are what their format says', async () => {
    const maker = createImageMaker();
    for (const { file, bytes } of imagesOf(110, 21)) {
      const made = await maker.make(file);
      expect(made.length).toBe(bytes);
      if (file.format === 'csv' || file.format === 'ttf' || file.format === 'mp4') {
        expect(verdictOn(made).whole).toBe(false);
        continue;
      }
      expect(verdictOn(made)).toMatchObject({ whole: true, type: file.format });
      if (file.format === 'bmp' || file.format === 'ico') continue;
      const { data, info } = await sharp(made, { failOn: 'warning' }).raw().toBuffer({ resolveWithObject: true });
      expect(data.length).toBe(info.width * info.height * info.channels);
    }
  });

  test('have the same bytes in every run, which only copies share', async () => {
    const images = imagesOf(200, 33);
    const hashes = async (): Promise<string[]> => {
      const maker = createImageMaker();
      return Promise.all(images.map(async ({ file }) => sha256(await maker.make(file))));
    };
    const [first, second] = await Promise.all([hashes(), hashes()]);
    expect(second).toEqual(first);
    const labels = new Set(images.map(({ file }) => file.label));
    expect(labels.size).toBeLessThan(200);
    expect(new Set(first).size).toBe(labels.size);
  });

  test('of every other kind have the length asked for', async () => {
    const maker = createImageMaker();
    for (const format of ['csv', 'ttf', 'mp4'] as const) {
      for (const bytes of [1_024, 6_144, 6_145, 50_001]) {
        const made = await maker.make({ format, subject: 'photo', variant: bytes, bytes, label: 'A label. ' });
        expect(made.length).toBe(bytes);
        expect(made.includes('A label. ')).toBe(true);
      }
    }
  });

  test('some are animated, some let the ground shine through', async () => {
    const gif = await renderBase({ format: 'gif', subject: 'pattern', variant: 0, tier: 1 });
    expect((await sharp(gif).metadata()).pages).toBe(6);
    const logo = await renderBase({ format: 'png', subject: 'logo', variant: 0, tier: 1 });
    expect((await sharp(logo).stats()).isOpaque).toBe(false);
    const photo = await renderBase({ format: 'png', subject: 'photo', variant: 0, tier: 0 });
    expect((await sharp(photo).stats()).isOpaque).toBe(true);
  });
});

describe('the picture maker', () => {
  const order = { format: 'png', subject: 'logo', bytes: 9_000, label: 'A label. ' } as const;

  test('draws a picture once for all who ask, and so many at a time', async () => {
    const base = await renderBase({ format: 'png', subject: 'logo', variant: 1, tier: 0 });
    let [drawn, running, most] = [0, 0, 0];
    const render = async (): Promise<Buffer> => {
      drawn += 1;
      running += 1;
      most = Math.max(most, running);
      await new Promise(setImmediate);
      running -= 1;
      return base;
    };
    const maker = createImageMaker({ render, parallelRenders: 2 });
    await Promise.all(Array.from({ length: 40 }, (_, index) => maker.make({ ...order, variant: index % 5 })));
    expect([drawn, most]).toEqual([5, 2]);
    await maker.make({ ...order, variant: 3 });
    expect(drawn).toBe(5);
    expect(maker.cached()).toEqual({ pictures: 5, bytes: 5 * base.length });
  });

  test('forgets the longest unused picture where its memory ends', async () => {
    const drawn: number[] = [];
    const render = ({ variant }: { variant: number }): Promise<Buffer> => {
      drawn.push(variant);
      return Promise.resolve(encodeSquare());
    };
    const size = encodeSquare().length;
    const maker = createImageMaker({ render, cacheBytes: size * 2 });
    for (const variant of [0, 1, 0, 2, 0, 1])
      await maker.make({ ...order, format: 'bmp', subject: 'card', variant: variant % 2 });
    expect(maker.cached().pictures).toBe(2);
    for (const subject of ['photo', 'logo', 'chart'] as const)
      await maker.make({ ...order, format: 'bmp', subject, variant: 0 });
    expect(maker.cached()).toEqual({ pictures: 2, bytes: size * 2 });
    expect(drawn).toEqual([0, 1, 0, 0, 0]);
  });

  test('tries again after a drawing that failed', async () => {
    let tries = 0;
    const render = (): Promise<Buffer> => {
      tries += 1;
      return tries === 1 ? Promise.reject(new Error('no memory')) : Promise.resolve(encodeSquare());
    };
    const maker = createImageMaker({ render, parallelRenders: 1 });
    await expect(maker.make({ ...order, format: 'bmp', variant: 0 })).rejects.toThrow('no memory');
    expect((await maker.make({ ...order, format: 'bmp', variant: 0 })).length).toBe(9_000);
  });
});

function encodeSquare(): Buffer {
  return encodeBmp(Buffer.alloc(10 * 10 * 3, 200), { width: 10, height: 10 });
}

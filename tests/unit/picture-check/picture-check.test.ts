import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { createImageCheck } from '../../../main/domain/image-check/image-check.ts';
import type { ImageVerdict } from '../../../main/domain/image-check/verdict.ts';
import { samples, type Sample } from './pictures.ts';

let pictures: readonly Sample[] = [];

beforeAll(async () => {
  pictures = await samples();
});

function check(bytes: Uint8Array, cuts: readonly number[] = []): ImageVerdict {
  const picture = createImageCheck(crc32);
  let start = 0;
  for (const cut of [...cuts, bytes.length]) {
    picture.push(bytes.subarray(start, cut));
    start = cut;
  }
  return picture.finish();
}

const pieces = fc.array(fc.nat(), { maxLength: 12 });

function cutsOf(bytes: Uint8Array, numbers: readonly number[]): number[] {
  return numbers.map((number) => number % (bytes.length + 1)).sort((a, b) => a - b);
}

describe('whole pictures', () => {
  test('each is whole, with its own type and size', () => {
    for (const { name, bytes, type, width, height, animated } of pictures) {
      expect({ name, ...check(bytes) }).toEqual({ name, whole: true, type, width, height, animated });
    }
  });

  test('any split gives the same verdict, down to single bytes', () => {
    for (const { name, bytes } of pictures) {
      const whole = check(bytes);
      const singles = Array.from({ length: bytes.length }, (_, at) => at);
      expect({ name, ...check(bytes, singles) }).toEqual({ name, ...whole });
    }
    fc.assert(
      fc.property(fc.nat(), pieces, (which, numbers) => {
        const bytes = pictures[which % pictures.length]?.bytes ?? new Uint8Array();
        expect(check(bytes, cutsOf(bytes, numbers))).toEqual(check(bytes));
      }),
    );
  });

  test('no strict prefix is whole: it is cut off, or too short to be known at all', () => {
    for (const { name, bytes } of pictures) {
      // White space after an SVG's end isn't part of it.
      const end = Buffer.from(bytes).toString('latin1').trimEnd().length;
      for (let length = 0; length < end; length += 1) {
        const verdict = check(bytes.subarray(0, length));
        const codes = length === 0 ? ['empty'] : length < 22 ? ['cut-off', 'not-a-picture'] : ['cut-off'];
        // A GIF may also end between two blocks, which is noted.
        const isWhole = verdict.whole && verdict.note === undefined;
        expect({ name, length, isWhole }).toEqual({ name, length, isWhole: false });
        if (!verdict.whole) expect(codes, `${name} at ${String(length)}`).toContain(verdict.code);
      }
    }
  });

  test('bytes behind the end belong to others', () => {
    for (const { name, bytes } of pictures) {
      const longer = Buffer.concat([bytes, Buffer.from('trailing \xff\xd8 bytes', 'latin1')]);
      expect({ name, ...check(longer) }).toEqual({ name, ...check(bytes) });
    }
  });

  test('a byte changed anywhere never throws, and never depends on the split', () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat({ max: 255 }), pieces, (which, at, value, numbers) => {
        const bytes = Uint8Array.from(pictures[which % pictures.length]?.bytes ?? []);
        bytes[at % bytes.length] = value;
        expect(check(bytes, cutsOf(bytes, numbers))).toEqual(check(bytes));
      }),
      { numRuns: 400 },
    );
  });

  test('any bytes at all behind a known beginning never throw, and never depend on the split', () => {
    const beginning = fc.constantFrom(
      ...[
        '\x89PNG\r\n\x1a\n',
        '\xff\xd8\xff',
        'GIF89a',
        'RIFF\xff\0\0\0WEBP',
        '\0\0\0\x10ftypavif',
        'II*\0\x08\0\0\0',
        'MM\0+\0\x08\0\0',
        '\0\0\x01\0\x01\0',
        '<svg ',
        '\xff\xfe<\0s\0v\0g\0',
        '<!DOCTYPE svg [',
        '',
      ],
    );
    fc.assert(
      fc.property(beginning, fc.uint8Array({ maxLength: 200 }), pieces, (begin, rest, numbers) => {
        const bytes = Buffer.concat([Buffer.from(begin, 'latin1'), rest]);
        expect(check(bytes, cutsOf(bytes, numbers))).toEqual(check(bytes));
      }),
      { numRuns: 400 },
    );
  });
});

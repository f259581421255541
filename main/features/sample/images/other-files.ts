import { fill } from '../padding/filler.ts';
import { padBoxes } from '../padding/boxes.ts';
import { createRandom } from '../randomness.ts';
import type { OtherFormat } from './formats.ts';

/** A file that is no picture, of exactly so many bytes (at least 1024) and unlike any with another label. */
export function otherFile(format: OtherFormat, bytes: number, label: string, seed: number): Buffer {
  switch (format) {
    case 'csv':
      return table(bytes, label, seed);
    case 'ttf':
      return font(bytes, label);
    case 'mp4':
      return padBoxes(videoHead(), bytes - videoHead().length, label);
  }
}

/** Answers of a survey; the last line is as long as it takes. */
function table(bytes: number, label: string, seed: number): Buffer {
  const random = createRandom(seed);
  const lines = [`respondent,question,answer,comment`, `0,label,0,${label}`];
  let length = lines.join('\r\n').length + 2;
  while (length < bytes - 64) {
    const line = `${100_000 + random.below(900_000)},q${1 + random.below(40)},${1 + random.below(7)},`;
    lines.push(line);
    length += line.length + 2;
  }
  const text = lines.join('\r\n') + '\r\n';
  return Buffer.from(text + 'x'.repeat(Math.max(0, bytes - text.length - 2)) + '\r\n', 'latin1');
}

/** A font's directory with one table that holds no glyphs. */
function font(bytes: number, label: string): Buffer {
  const file = Buffer.alloc(bytes);
  const tableAt = 28;
  file.writeUInt32BE(0x00010000, 0);
  file.writeUInt16BE(1, 4);
  file.writeUInt16BE(16, 6);
  file.write('meta', 12, 'latin1');
  file.writeUInt32BE(tableAt, 20);
  file.writeUInt32BE(bytes - tableAt, 24);
  fill(file, tableAt, bytes, label);
  return file;
}

/** The brand of an MP4 that shows nothing. */
function videoHead(): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32BE(24, 0);
  head.write('ftypisom', 4, 'latin1');
  head.writeUInt32BE(512, 12);
  head.write('isommp42', 16, 'latin1');
  return head;
}

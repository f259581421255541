/** Plain ASCII without a hyphen, so that it may stand in any comment. */
const prose = Buffer.from(
  'The quick brown fox jumps over the lazy dog while a contact sheet dries in the dark room. '.repeat(800),
);

/** Fills a stretch of a file with a label, which makes the file unlike any other, and then with prose. */
export function fill(file: Buffer, from: number, to: number, label: string): void {
  const written = from + file.write(label.slice(0, to - from), from, 'latin1');
  for (let start = written; start < to; start += prose.length)
    prose.copy(file, start, 0, Math.min(prose.length, to - start));
}

/** The bytes of a file: what stands before the padding, room for it, and what stands behind it. */
export function withGap(base: Uint8Array, gapAt: number, gapBytes: number): Buffer {
  const file = Buffer.allocUnsafe(base.length + gapBytes);
  file.set(base.subarray(0, gapAt), 0);
  file.set(base.subarray(gapAt), gapAt + gapBytes);
  return file;
}

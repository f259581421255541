import { fill, withGap } from './filler.ts';

const opening = '<!--';
const closing = '-->';
const endTag = '</svg>';

/** A comment before the end of the root element. `label` may hold no hyphen (XML 1.0, 2.5). */
export function padSvg(base: Uint8Array, gapBytes: number, label: string): Buffer {
  const gapAt = base.length - endTag.length;
  const file = withGap(base, gapAt, gapBytes);
  const end = gapAt + gapBytes - closing.length;
  file.write(opening, gapAt, 'latin1');
  fill(file, gapAt + opening.length, end, label);
  file.write(closing, end, 'latin1');
  return file;
}

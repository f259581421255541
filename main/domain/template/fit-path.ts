import { portableName, type NameChange } from '../files/portable-name.ts';
import { utf8Bytes } from '../text/utf8.ts';

/** Three whole names: macOS takes 1,024 bytes in all, of which the rest is the destination's. */
const pathBytesMax = 767;

export type FittedPath = {
  /** The last is the file's name. */
  readonly segments: readonly string[];
  /** What the file's own name suffered. */
  readonly changes: readonly NameChange[];
  /** Whether any folder's name was changed. */
  readonly foldersChanged: boolean;
};

/** Every segment portable, and the whole within `pathBytesMax`: the longest segments give way first, all to one length. */
export function fitPath(rawSegments: readonly string[]): FittedPath {
  const whole = rawSegments.map((segment) => portableName(segment));
  const units = whole.reduce((sum, { name }) => sum + name.length + 1, 0);
  const limit = units * 3 <= pathBytesMax ? undefined : limitFor(whole.map(({ name }) => utf8Bytes(name)));
  const fitted = limit === undefined ? whole : rawSegments.map((segment) => portableName(segment, limit));
  const file = fitted.at(-1);
  return {
    segments: fitted.map(({ name }) => name),
    changes: file?.changes ?? [],
    foldersChanged: fitted.some((segment) => segment !== file && segment.changes.length > 0),
  };
}

/** The length in bytes to which the longer segments are cut, or undefined where all fit. */
function limitFor(sizes: readonly number[]): number | undefined {
  let room = pathBytesMax - (sizes.length - 1);
  const rising = [...sizes].sort((left, right) => left - right);
  for (const [index, size] of rising.entries()) {
    const share = Math.floor(room / (rising.length - index));
    if (size > share) return share;
    room -= size;
  }
  return undefined;
}

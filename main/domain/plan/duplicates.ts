import { splitExtension } from '../files/names.ts';
import type { PlanImage } from './plan-types.ts';
import { createTextIndex } from './text-index.ts';
import { createTextStore } from './text-store.ts';

/** The mark of a file uploaded twice. */
const uploadedAgain = / \([0-9]{1,9}\)$/;

/**
 * Tells of one image after another whether it is likely the same as one before it: the same SHA-256, or else the same
 * name without ` (n)` and the same size text; or the catalogue calls it a duplicate. Room is made for `expected` images.
 */
export function createDuplicateWatch(expected = 0): (image: PlanImage) => boolean {
  const texts = createTextStore();
  const hashes = createTextIndex(texts.at);
  const names = createTextIndex(texts.at, expected);
  /** Of those whose hash is known. */
  const hashed = createTextIndex(texts.at);
  return ({ name, sizeText, sha256, duplicate }) => {
    const { stem, ext } = splitExtension(name);
    const called = `${stem.replace(uploadedAgain, '')}.${ext}/${sizeText}`;
    const namesake = names.find(called);
    const isLikeNamesake = namesake >= 0 && (sha256 === null || hashed.find(called) < 0);
    const hasKnownHash = sha256 !== null && hashes.find(sha256) >= 0;
    if (namesake < 0) {
      const entry = texts.add(called);
      names.add(called, entry);
      if (sha256 !== null) hashed.add(called, entry);
    }
    if (sha256 !== null && !hasKnownHash) hashes.add(sha256, texts.add(sha256));
    return duplicate || hasKnownHash || isLikeNamesake;
  };
}

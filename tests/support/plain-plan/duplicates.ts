import { splitExtension } from '../../../main/domain/files/names.ts';
import type { PlanImage } from '../../../main/domain/plan/plan-types.ts';

/** The mark of a file uploaded twice. */
const uploadedAgain = / \([0-9]{1,9}\)$/;

/**
 * Tells of one image after another whether it is likely the same as one before it: the same SHA-256, or else the same
 * name without ` (n)` and the same size text; or the catalogue calls it a duplicate.
 */
export function createDuplicateWatch(): (image: PlanImage) => boolean {
  const hashes = new Set<string>();
  const hashOfName = new Map<string, string | null>();
  return ({ name, sizeText, sha256, duplicate }) => {
    const { stem, ext } = splitExtension(name);
    const called = `${stem.replace(uploadedAgain, '')}.${ext}/${sizeText}`;
    const namesake = hashOfName.get(called);
    const isLikeNamesake = namesake !== undefined && (namesake === null || sha256 === null);
    const hasKnownHash = sha256 !== null && hashes.has(sha256);
    if (namesake === undefined) hashOfName.set(called, sha256);
    if (sha256 !== null) hashes.add(sha256);
    return duplicate || hasKnownHash || isLikeNamesake;
  };
}

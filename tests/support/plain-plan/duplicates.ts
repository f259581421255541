import { splitExtension } from '../../../main/domain/files/names.ts';
import type { PlanImage } from '../../../main/domain/plan/plan-types.ts';

/** The suffix of a file uploaded twice. */
const uploadedAgain = / \([0-9]{1,9}\)$/;

/**
 * Creates a check for images that are likely the same as an earlier one: the same SHA-256, or else the same name
 * without ` (n)` and the same size text, or a duplicate according to the catalogue.
 */
export function createDuplicateWatch(): (image: PlanImage) => boolean {
  const hashes = new Set<string>();
  const hashOfName = new Map<string, string | null>();
  return ({ name, sizeText, sha256, duplicate }) => {
    const { stem, ext } = splitExtension(name);
    const nameKey = `${stem.replace(uploadedAgain, '')}.${ext}/${sizeText}`;
    const earlierHash = hashOfName.get(nameKey);
    const isLikeEarlier = earlierHash !== undefined && (earlierHash === null || sha256 === null);
    const hasKnownHash = sha256 !== null && hashes.has(sha256);
    if (earlierHash === undefined) hashOfName.set(nameKey, sha256);
    if (sha256 !== null) hashes.add(sha256);
    return duplicate || hasKnownHash || isLikeEarlier;
  };
}

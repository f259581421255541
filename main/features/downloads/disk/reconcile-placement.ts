import { systemCode } from './disk-problem.ts';
import { isSameFile, type FileHash } from './hash-file.ts';
import { areOneFile, lookAt, removeIfThere, removePlaceholder } from './place-file.ts';

/** What is true on disk of a file that was about to be placed when the process died. */
export type PlacementState =
  /** It stands under its final name, whole. */
  | 'placed'
  /** It is whole in its part file, and can be placed. */
  | 'part-ready'
  /** The part file is not, or no more, what was checked. */
  | 'part-incomplete'
  /** Neither is there. */
  | 'lost';

/**
 * Looks, and mends what a kill left half-way: a second name of the same file, or the empty file that held the final
 * name. To be asked only where the journal says that this file was about to get this name, which nothing had then.
 * Where the disk refuses, nothing is proven: whoever takes the file up again meets the refusal and can say it.
 */
export async function reconcilePlacement(from: string, to: string, known: FileHash): Promise<PlacementState> {
  try {
    return await lookAndMend(from, to, known);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return 'part-incomplete';
  }
}

async function lookAndMend(from: string, to: string, known: FileHash): Promise<PlacementState> {
  if (await areOneFile(from, to)) {
    const isWhole = await isSameFile(to, known);
    await removeIfThere(isWhole ? from : to);
    return isWhole ? 'placed' : 'part-incomplete';
  }
  const part = await lookAt(from);
  if (part === undefined) {
    if (await isSameFile(to, known)) return 'placed';
    if (known.bytes > 0) await removePlaceholder(to);
    return 'lost';
  }
  // An empty file of somebody's own could be taken for the placeholder only if it came in that very moment.
  await removePlaceholder(to);
  return (await isSameFile(from, known)) ? 'part-ready' : 'part-incomplete';
}

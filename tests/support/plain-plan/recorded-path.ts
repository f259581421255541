import { lookAt, openFolder, type NameTree, type Spot } from './name-tree.ts';

/** Finds the recorded path, spelled as on disk, unless an image of this plan or a folder has it. */
export function recordedSpot(tree: NameTree, recordedPath: string): Spot | undefined {
  const names = recordedPath.split('/');
  const file = names.pop() ?? '';
  let folder = tree.root;
  for (const name of names) {
    const next = openFolder(tree, folder, name);
    if (!next) return undefined;
    folder = next;
  }
  const slot = lookAt(tree, folder, file);
  return slot.state === 'taken' ? undefined : { folder, place: slot };
}

import { lookAt, openFolder, type NameTree, type Spot } from './name-tree.ts';

/** The recorded path as it is spelled, where neither an image of this plan nor a folder has it. */
export function recordedSpot(tree: NameTree, recordedPath: string): Spot | undefined {
  const names = recordedPath.split('/');
  const file = names.pop() ?? '';
  let folder = tree.root;
  for (const name of names) {
    const next = openFolder(tree, folder, name);
    if (!next) return undefined;
    folder = next;
  }
  const place = lookAt(tree, folder, file);
  return place.state === 'taken' ? undefined : { folder, place };
}

import { collisionKey, isNumberedFrom } from '../files/portable-name.ts';
import { lookAt, openFolder, type NameTree, type Spot } from './name-tree.ts';
import type { PlanSteps, RecordedFile } from './plan-types.ts';

/** Whether a file once saved is where the template wants it now, or at a numbered variant of that path. */
function isVariantOf(recordedPath: string, segments: readonly string[]): boolean {
  if (recordedPath === segments.join('/')) return true;
  const recorded = recordedPath.split('/');
  return (
    recorded.length === segments.length &&
    segments.every((segment, index) => {
      const name = recorded[index] ?? '';
      return name === segment || collisionKey(name) === collisionKey(segment) || isNumberedFrom(name, segment);
    })
  );
}

/** The best first: it stands unchanged, it stands, it is at the very path; else as they came. */
export function rankRecords(records: readonly RecordedFile[], segments: readonly string[]): readonly RecordedFile[] {
  const usable = records.filter((record) => isVariantOf(record.relativePath, segments));
  if (usable.length < 2) return usable;
  const path = segments.join('/');
  const rank = (record: RecordedFile): number =>
    (record.stillStands ? (record.urlOrSizeChanged ? 2 : 4) : 0) + (record.relativePath === path ? 1 : 0);
  return usable.sort((left, right) => rank(right) - rank(left));
}

/** The recorded path as it is spelled, where neither an image of this plan nor a folder has it. */
export function* recordedSpot(tree: NameTree, recordedPath: string): PlanSteps<Spot | undefined> {
  const names = recordedPath.split('/');
  const file = names.pop() ?? '';
  let folder = tree.root;
  for (const name of names) {
    const next = yield* openFolder(tree, folder, name);
    if (!next) return undefined;
    folder = next;
  }
  const place = lookAt(tree, folder, file);
  return place.state === 'taken' ? undefined : { folder, place };
}

import type { ImageKey } from '../../../domain/image/image.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { SelectionHandle } from '../../../domain/image/selection.ts';
import { findSavedCopy, isFile, type Finding } from './saved-copy.ts';

/** More at once would freeze other programs; the rest is reported. */
const maxDragged = 500;

export type Dragged = {
  /** File of the image under the pointer. */
  readonly file: string;
  /** All files, that one first. */
  readonly files: readonly string[];
  /** Number of selected images that are not dragged. */
  readonly left: number;
};

/** Finds the saved copies to drag: of one image, or of the selection that contains it. */
export async function findDragged(
  finding: Finding,
  image: ImageKey,
  selection: SelectionHandle | null,
): Promise<Result<Dragged>> {
  const first = await findSavedCopy(finding, image);
  if (!first.ok) return first;
  const file = first.value;
  if (selection === null) return ok({ file, files: [file], left: 0 });
  const all = await finding.call('selection.measure', { selection });
  if (!all.ok) return all;
  const change = { selection, how: 'remove', what: { kind: 'query', query: notSaved } } as const;
  const saved = await finding.call('selection.change', change);
  if (!saved.ok) return saved;
  const rows = await finding.call('selection.rows', { selection: saved.value.selection, limit: maxDragged });
  await finding.call('selection.release', { selection: saved.value.selection });
  if (!rows.ok) return rows;
  const paths = rows.value.flatMap(({ downloaded }) => (downloaded !== null && isFile(downloaded) ? [downloaded] : []));
  const files = [...new Set([file, ...paths])].slice(0, maxDragged);
  return ok({ file, files, left: Math.max(0, all.value.count - files.length) });
}

/** Images that are gone have saved copies too. */
const notSaved = '-is:downloaded (is:gone OR -is:gone)';

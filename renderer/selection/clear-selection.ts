import type { ImageKey } from '../../main/domain/image.ts';
import type { AppParts } from '../app-parts.ts';

type Parts = Pick<AppParts, 'chosen' | 'notices' | 'translate'>;

/** Clears the selection, and offers to bring it back. */
export function clearSelection(parts: Parts): void {
  replaceSelection(parts, () => parts.chosen.none());
}

/** Selects one image in place of all others, and offers to bring those back. */
export function selectOnly(parts: Parts, position: number, image: ImageKey): void {
  replaceSelection(parts, () => parts.chosen.only(position, image));
}

/** A single image is selected again as fast as by an offer. */
function replaceSelection({ chosen, notices, translate }: Parts, replace: () => void): void {
  const { selection, totals } = chosen;
  replace();
  if (selection === null || totals.count < 2) return;
  const undo = { label: translate('common.undo'), run: () => chosen.restore(selection) };
  notices.say('good', translate('selection.cleared', { count: totals.count }), [undo]);
}

import type { ImageKey } from '../../main/domain/image/image.ts';
import type { AppDeps } from '../app-deps.ts';

import type { SelectionState } from './selection.svelte.ts';

type Parts = Pick<AppDeps, 'chosen' | 'notices' | 'translate'>;

/** Clears the selection, and offers to bring it back. */
export function clearSelection(parts: Parts): void {
  replaceSelection(parts, () => parts.chosen.none());
}

/** Selects one image in place of all others, and offers to bring those back. */
export function selectOnly(parts: Parts, position: number, image: ImageKey): void {
  replaceSelection(parts, () => parts.chosen.only(position, image));
}

/** Selects the whole result in place of all others, and offers to bring those back. */
export function selectAll(parts: Parts): void {
  if (parts.chosen.isWholeResult) parts.chosen.all();
  else replaceSelection(parts, () => parts.chosen.all(), 'selection.changed');
}

/** Takes the result in view out of the selection, and offers to bring it back. */
export function removeResult(parts: Parts): void {
  replaceSelection(parts, () => parts.chosen.change('remove'), 'selection.changed');
}

/** Selects a span; in place of all others unless it `adds`, and offers to bring those back. */
export function selectSpan(parts: Parts, adds: boolean, ...places: Places): void {
  const { chosen } = parts;
  const [end, start] = places;
  const span = () => chosen.spanTo(end, adds, start);
  // Another end for the same span.
  if (adds || chosen.isSpan) span();
  else replaceSelection(parts, span, 'selection.changed');
}

type SpanTo = Parameters<SelectionState['spanTo']>;
type Places = [end: SpanTo[0], start?: SpanTo[2]];

/** A single image is selected again as fast as by an offer. */
function replaceSelection(
  { chosen, notices, translate }: Parts,
  replace: () => void,
  said: 'selection.cleared' | 'selection.changed' = 'selection.cleared',
): void {
  const { selection, totals } = chosen;
  replace();
  if (selection === null || totals.count < 2) return;
  const undo = { label: translate('common.undo'), run: () => chosen.restore(selection) };
  notices.say('good', translate(said, { count: totals.count }), [undo]);
}

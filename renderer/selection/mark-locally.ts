import type { ImageKey } from '../../main/domain/image.ts';
import { isSameImage, type Selection } from '../../main/domain/selection.ts';

/**
 * Whether an image of the result of `shownQuery` is chosen, as far as that needs no question to the core; undefined
 * where another query or a span decides.
 */
export function markLocally(
  selection: Selection,
  image: ImageKey,
  shownQuery: string | undefined,
): boolean | undefined {
  let isChosen: boolean | undefined = false;
  for (const { how, what } of selection) {
    if (what.kind === 'images') {
      if (what.images.some((other) => isSameImage(other, image)))
        isChosen = how === 'flip' ? negate(isChosen) : how === 'add';
    } else if (what.kind === 'result' && what.query === shownQuery) {
      isChosen = how === 'flip' ? negate(isChosen) : how === 'add';
    } else if (isChosen !== (how === 'add') || how === 'flip') {
      // What is in already stays so when more is added, and what is out when more is taken away.
      isChosen = undefined;
    }
  }
  return isChosen;
}

function negate(isChosen: boolean | undefined): boolean | undefined {
  return isChosen === undefined ? undefined : !isChosen;
}

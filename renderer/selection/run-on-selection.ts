import type { ImageKey } from '../../main/domain/image/image.ts';
import {
  isSameImage,
  type ImageSet,
  type SelectionChange,
  type SelectionHandle,
} from '../../main/domain/image/selection.ts';
import type { ResultInView, ShownResult } from '../gallery/shown-result.ts';

type At = { readonly position: number; readonly image: ImageKey; readonly result: ShownResult | undefined };

/** One thing that the user does to the selection: the core decides what it comes to, tiles show it at once. */
export type Act = {
  /** Counts the acts of a page. */
  readonly serial: number;
  /** What it changes: the selection as it is, nothing, or one that is named. */
  readonly base: 'current' | 'nothing' | { readonly named: SelectionHandle };
  readonly how: SelectionChange['how'];
  /** The result that was in view. */
  readonly result: ShownResult | undefined;
  /** Names its images, or returns undefined if it needs a result and there is none; absent if it selects nothing. */
  readonly what: ((result: ResultInView | undefined) => ImageSet | undefined) | undefined;
  /** Takes the place of `what` if the anchor of a span isn't in the result. */
  readonly otherwise?: Act['what'];
  /** Tells as far as the page can whether an image is named. */
  readonly names: (at: At) => boolean;
  /** The query whose whole result is selected then. */
  readonly whole: string | null;
};

/** Whether an image is selected after an act, if it `was` before. */
export function afterAct(was: boolean, act: Act, at: At): boolean {
  const before = act.base === 'nothing' ? false : was;
  if (!act.names(at)) return before;
  return act.how === 'flip' ? !before : act.how === 'add';
}

export function namesImages(images: readonly ImageKey[]): Pick<Act, 'what' | 'names'> {
  return {
    what: () => ({ kind: 'images', images }),
    names: ({ image }) => images.some((other) => isSameImage(other, image)),
  };
}

export function namesAll(result: ShownResult | undefined): Pick<Act, 'what' | 'names'> {
  return {
    what: (held) => held && { kind: 'positions', handle: held.handle, from: 0, to: held.count },
    names: (at) => at.result === result,
  };
}

/** `from` is read when the core is asked, as an earlier act may have moved it; `between`: the ends' positions, if known. */
export function namesSpan(
  result: ShownResult | undefined,
  [from, to]: readonly [{ readonly image: ImageKey }, ImageKey],
  between: readonly [number, number] | undefined,
): Pick<Act, 'what' | 'names'> {
  const [first, last] = between === undefined ? [0, -1] : [Math.min(...between), Math.max(...between)];
  return {
    what: (held) => held && { kind: 'span', handle: held.handle, from: from.image, to },
    names: (at) => isSameImage(at.image, to) || (at.result === result && at.position >= first && at.position <= last),
  };
}

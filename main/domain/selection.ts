import type { ImageKey } from './image.ts';

/** Which images one step speaks of. Queries are texts of the query language, evaluated when the selection is used. */
export type ImageSet =
  | { readonly kind: 'images'; readonly images: readonly ImageKey[] }
  /** Everything that a query finds. */
  | { readonly kind: 'result'; readonly query: string }
  /** From one image of a result to another in its order, whichever comes first, both included. */
  | { readonly kind: 'span'; readonly query: string; readonly from: ImageKey; readonly to: ImageKey };

export type SelectionStep = { readonly how: 'add' | 'remove' | 'flip'; readonly what: ImageSet };

/**
 * What is chosen, as steps applied in order to nothing: a predicate and its exceptions, small however many images it
 * means. Single images at the end are kept as at most two steps, one that adds and one that removes.
 */
export type Selection = readonly SelectionStep[];

export const nothingSelected: Selection = [];

/** What a command works on: the images of a selection, or where it is null of the query, in the order of the query. */
export type ImageTarget = { readonly query: string; readonly selection: Selection | null };

export function selectImages(images: readonly ImageKey[]): Selection {
  return images.length === 0 ? nothingSelected : [{ how: 'add', what: { kind: 'images', images } }];
}

export function selectResult(query: string): Selection {
  return [{ how: 'add', what: { kind: 'result', query } }];
}

/** Adds or removes images one by one, as exceptions to what the selection says before them. */
export function changeImages(selection: Selection, how: 'add' | 'remove', images: readonly ImageKey[]): Selection {
  const { base, added, removed } = splitExceptions(selection);
  const keys = new Set(images.map(keyText));
  const others = (list: readonly ImageKey[]) => list.filter((image) => !keys.has(keyText(image)));
  const changed = how === 'add' ? [...others(added), ...images] : others(added);
  // Nothing is there to be taken away from where no predicate stands before the exceptions.
  const without = base.length === 0 ? [] : how === 'remove' ? [...others(removed), ...images] : others(removed);
  return [...base, ...imagesStep('add', changed), ...imagesStep('remove', without)];
}

/** Everything that the query finds is added, taken away, or turned round. What it makes void is left out. */
export function changeResult(selection: Selection, how: SelectionStep['how'], query: string): Selection {
  const last = selection.at(-1);
  // Turning the same result round twice changes nothing.
  if (how === 'flip' && last?.how === 'flip' && last.what.kind === 'result' && last.what.query === query) {
    return selection.slice(0, -1);
  }
  if (how === 'remove' && selection.length === 0) return selection;
  return [...selection, { how, what: { kind: 'result', query } }];
}

export function addSpan(selection: Selection, query: string, from: ImageKey, to: ImageKey): Selection {
  return [...selection, { how: 'add', what: { kind: 'span', query, from, to } }];
}

/** How a kind of set does what the steps say. `combine` may change and return its first set. */
export type SetAlgebra<S> = {
  readonly empty: () => S;
  readonly find: (what: ImageSet) => S;
  readonly combine: (how: SelectionStep['how'], into: S, what: S) => S;
};

/** The images that a selection means, by whatever kind of set. */
export function evaluateSelection<S>(selection: Selection, { empty, find, combine }: SetAlgebra<S>): S {
  return selection.reduce((set, { how, what }) => combine(how, set, find(what)), empty());
}

export function isSameImage(one: ImageKey, other: ImageKey): boolean {
  return one.id === other.id && one.accountId === other.accountId;
}

/** An image's key as text, for sets and keyed lists. */
export function keyText({ accountId, id }: ImageKey): string {
  return `${accountId}:${id}`;
}

type Exceptions = {
  readonly base: Selection;
  readonly added: readonly ImageKey[];
  readonly removed: readonly ImageKey[];
};

/** The single images at the end of the steps, apart from what stands before them. */
function splitExceptions(selection: Selection): Exceptions {
  const removed = imagesOf(selection.at(-1), 'remove');
  const beforeRemoved = removed === undefined ? selection : selection.slice(0, -1);
  const added = imagesOf(beforeRemoved.at(-1), 'add');
  const base = added === undefined ? beforeRemoved : beforeRemoved.slice(0, -1);
  return { base, added: added ?? [], removed: removed ?? [] };
}

function imagesOf(step: SelectionStep | undefined, how: 'add' | 'remove'): readonly ImageKey[] | undefined {
  return step?.how === how && step.what.kind === 'images' ? step.what.images : undefined;
}

function imagesStep(how: 'add' | 'remove', images: readonly ImageKey[]): Selection {
  return images.length === 0 ? [] : [{ how, what: { kind: 'images', images } }];
}

import type { ImageKey } from './image.ts';

/** Names a selection that the core holds. Its members never change; a change makes another selection. */
export type SelectionHandle = string;

/** The images that one change of a selection names, evaluated at once. `handle` is that of a held result. */
export type ImageSet =
  | { readonly kind: 'images'; readonly images: readonly ImageKey[] }
  /** The positions of the result from `from` up to, and without, `to`. */
  | { readonly kind: 'positions'; readonly handle: number; readonly from: number; readonly to: number }
  /** From one image of the result to another, in either direction, both included; only `to` if `from` isn't in it. */
  | { readonly kind: 'span'; readonly handle: number; readonly from: ImageKey; readonly to: ImageKey }
  /** The images that the query finds now. */
  | { readonly kind: 'query'; readonly query: string };

export type SelectionChange = {
  /** The selection that is changed, which stays as it is; null begins with no image. */
  readonly selection: SelectionHandle | null;
  readonly how: 'add' | 'remove' | 'flip';
  readonly what: ImageSet;
};

/** The images that a command works on: a selection's, or if it is null the query's, in the order of the query. */
export type ImageTarget = { readonly query: string; readonly selection: SelectionHandle | null };

export function isSameImage(one: ImageKey, other: ImageKey): boolean {
  return one.id === other.id && one.accountId === other.accountId;
}

/** An image's key as text, for sets and keyed lists. */
export function keyText({ accountId, id }: ImageKey): string {
  return `${accountId}:${id}`;
}

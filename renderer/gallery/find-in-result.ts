import type { ImageKey } from '../../main/domain/image/image.ts';
import type { RpcClient } from '../client/connect.svelte.ts';
import { anchorOf, type GridAnchor } from './grid/grid-anchor.ts';
import type { GridView } from './grid/grid-view.svelte.ts';
import type { ShownResult } from './shown-result.ts';

type Shown = {
  readonly active: number | undefined;
  readonly result: ShownResult | undefined;
  readonly view: GridView;
};

/** The positions in a new result of the active image, and of an image in view that keeps its offset. */
export type Positions = { readonly active: number | undefined; readonly anchor: GridAnchor | undefined };

/** So many images in view are queried in a new result, until one is found. */
const mostAnchors = 12;

/** Finds the active image and the first image in view in the result that `handle` names. */
export async function findInResult(
  door: RpcClient,
  { active, result, view }: Shown,
  handle: number,
): Promise<Positions> {
  const find = async (position: number | undefined) => {
    const row = position === undefined ? undefined : result?.rows.at(position);
    return row === undefined ? undefined : positionIn(door, handle, row);
  };
  const found = find(active);
  // At the top the newest come into sight by themselves.
  if (view.place.layoutTop === 0) return { active: await found, anchor: undefined };
  const { anchor, layout, place } = view;
  // If the first image is not among the new ones, one after it keeps its own offset.
  for (let position = anchor.position; position < anchor.position + mostAnchors; position += 1) {
    const now = await find(position);
    if (now === undefined) continue;
    const kept = position === anchor.position ? anchor : anchorOf(position, place.layoutTop, layout);
    return { active: await found, anchor: { ...kept, position: now } };
  }
  return { active: await found, anchor: undefined };
}

async function positionIn(door: RpcClient, handle: number, { accountId, id }: ImageKey): Promise<number | undefined> {
  const found = await door.call('catalogue.position', { handle, image: { accountId, id } });
  return found.ok ? (found.value ?? undefined) : undefined;
}

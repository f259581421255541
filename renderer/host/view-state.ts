import type { CallOf } from '../../main/contract/command.ts';
import type { HostCommands, ViewState } from '../../main/contract/commands/host.ts';
import type { ImageKey } from '../../main/domain/image/image.ts';
import type { AppDeps } from '../app-deps.ts';
import { hostOf } from './host.ts';

type Place = CallOf<HostCommands['host.remember']>;

/** In a browser, for as long as the tab is open. */
const storageKey = 'contact-sheet place';

/** Where the page stands now. */
export function parseViewState({ gallery, chosen }: Pick<AppDeps, 'gallery' | 'chosen'>): Place {
  const { view, result, activeRow } = gallery;
  const first = view.place.layoutTop === 0 ? undefined : result?.rows.at(view.anchor.position);
  return {
    ...{ text: gallery.text, scope: gallery.scope, order: gallery.order },
    ...{ first: keyOf(first), active: keyOf(activeRow) },
    selection: chosen.selection,
  };
}

/** Keeps it for the page that takes this one's place. */
export async function saveViewState({ door }: Pick<AppDeps, 'door'>, place: Place): Promise<void> {
  const host = hostOf(door);
  if (host !== undefined) {
    await host('host.remember', place);
    return;
  }
  try {
    sessionStorage.setItem(storageKey, JSON.stringify(place));
  } catch {
    // The browser may keep nothing: the page begins at the top then.
  }
}

export async function restoreViewState({ door }: Pick<AppDeps, 'door'>): Promise<ViewState | null> {
  const host = hostOf(door);
  if (host === undefined) return readStored();
  const recalled = await host('host.recall', {});
  return recalled.ok ? recalled.value : null;
}

function readStored(): ViewState | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(storageKey) ?? 'null') as ViewState | null;
    return stored === null ? null : { ...stored, scope: storedScope(stored) };
  } catch {
    return null;
  }
}

/** Empty in a place that an earlier version kept. */
function storedScope({ scope }: Partial<ViewState>): string {
  return scope ?? '';
}

/** Before anything is queried: what is searched for and selected. */
export function beginAt({ gallery, chosen }: Pick<AppDeps, 'gallery' | 'chosen'>, place: ViewState): void {
  gallery.text = place.text;
  gallery.scope = place.scope;
  gallery.order = place.order;
  // A tab may hold the place of an older version.
  if (typeof place.selection === 'string') chosen.restore(place.selection);
}

/** Once the result is there: what is in view, and where the keyboard stands. */
export async function settleAt(
  { door, gallery }: Pick<AppDeps, 'door' | 'gallery'>,
  place: Pick<ViewState, 'first' | 'active'>,
): Promise<void> {
  const handle = gallery.result?.handle ?? null;
  if (handle === null) return;
  const find = async (image: ImageKey | null) => {
    const found = image === null ? undefined : await door.call('catalogue.position', { handle, image });
    return found?.ok === true ? (found.value ?? undefined) : undefined;
  };
  const [first, active] = await Promise.all([find(place.first), find(place.active)]);
  if (active !== undefined) {
    await gallery.rowAt(active);
    gallery.active = active;
  }
  if (first !== undefined) gallery.view.keep({ ...gallery.view.anchor, position: first });
}

function keyOf(image: ImageKey | undefined): ImageKey | null {
  return image === undefined ? null : { accountId: image.accountId, id: image.id };
}

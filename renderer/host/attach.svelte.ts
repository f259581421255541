import type { ViewState } from '../../main/contract/commands/host.ts';
import { isMac } from '../actions/listen.ts';
import type { Action } from '../actions/action.ts';
import type { App } from '../app.ts';
import { readAddress, writeAddress } from '../search/address.ts';
import { followAddress } from '../search/follow-address.svelte.ts';
import { followUpdates } from '../updates/follow-updates.svelte.ts';
import { hostOf } from './host.ts';
import { describeMenus, destinationPrefix } from './menus.ts';
import { beginAt, parseViewState, restoreViewState, saveViewState, settleAt } from './view-state.ts';

/** Places change with every step of the wheel: the newest is kept this often. */
const intervalMs = 300;

/** Starts the interface where the page before it stood, and ties it to what is around it. */
export async function startInPlace(app: App, start: (app: App) => Promise<void>): Promise<void> {
  const place = await restoreViewState(app);
  if (place !== null) beginAt(app, place);
  // What the address names comes first: it was opened by hand, or from a bookmark.
  const searched = readAddress(location.hash);
  const isSamePlace = searched === undefined || (place !== null && writeAddress(searched) === writeAddress(place));
  if (searched !== undefined) Object.assign(app.gallery, searched);
  await start(app);
  $effect.root(() => {
    if (place !== null && isSamePlace) settleOnce(app, place);
    followAddress(app);
    followPlace(app);
    followMenus(app);
    followUpdates(app);
  });
  await Promise.all([sayNotices(app), followWishes(app)]);
}

/** The first screen may come before the result that it is the beginning of. */
function settleOnce(app: App, place: ViewState): void {
  let isSettled = false;
  $effect(() => {
    if (isSettled || typeof app.gallery.result?.handle !== 'number') return;
    isSettled = true;
    void settleAt(app, place);
  });
}

function followPlace(app: App): void {
  let waiting: ReturnType<typeof parseViewState> | undefined;
  let kept = '';
  const keep = () => {
    const text = JSON.stringify(waiting);
    if (waiting !== undefined && text !== kept) void saveViewState(app, waiting);
    kept = text;
    waiting = undefined;
  };
  $effect(() => {
    const place = parseViewState(app);
    if (waiting === undefined) setTimeout(keep, intervalMs);
    waiting = place;
  });
  // What was typed last outlives a page that is loaded again at once.
  window.addEventListener('pagehide', keep);
}

/** The menu bar says what can be done now. */
function followMenus({ door, actions, translate, settings }: App): void {
  const host = hostOf(door);
  if (host === undefined) return;
  let shown = '';
  $effect(() => {
    const menus = describeMenus({ actions, translate, isMac, destinations: settings.values.recentDestinations });
    const text = JSON.stringify(menus);
    if (text === shown) return;
    shown = text;
    void host('host.menu', { menus });
  });
}

/** Does what was chosen in the menu bar, and searches for what a link asks for. */
async function followWishes(app: App): Promise<void> {
  const { door, gallery, dialogs, notices } = app;
  const host = hostOf(door);
  if (host === undefined) return;
  const act = (id: string) => {
    if (id.startsWith(destinationPrefix)) {
      void host('host.openDestination', { index: Number(id.slice(destinationPrefix.length)) }).then((opened) => {
        if (!opened.ok) notices.failed(opened.error);
      });
      return;
    }
    const action = new Map<string, Action>(Object.entries(app.actions)).get(id);
    // What is behind a dialog waits for it, as it does for its keys.
    if (action?.isPossible() === true && dialogs.current === undefined) action.run();
  };
  const take = async () => {
    const wishes = await host('host.wishes', {});
    if (!wishes.ok) return;
    for (const wish of wishes.value) {
      if (wish.kind === 'action') act(wish.id);
      else {
        dialogs.close();
        // A link is a whole search.
        void gallery.search(wish.query, '');
      }
    }
  };
  door.listen(({ topic }) => {
    if (topic === 'wishes') void take();
  });
  await take();
}

/** What was mended when the library was opened. */
async function sayNotices({ door, notices }: App): Promise<void> {
  const said = await door.call('doctor.notices', {});
  if (said.ok) for (const text of said.value) notices.say('bad', text);
}

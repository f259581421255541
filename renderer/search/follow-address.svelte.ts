import type { ImageKey } from '../../main/domain/image/image.ts';
import type { AppDeps } from '../app-deps.ts';
import { parseViewState, settleAt } from '../host/view-state.ts';
import { readAddress, writeAddress, type Searched } from './address.ts';

/** A search that was left alone for so long is one of its own, and the next begins another. */
const settledMs = 1_000;
/** Browsers take few changes of the address in a row: while someone types, this often is enough. */
const writeMs = 400;

/** What an entry of the history remembers beside its address. */
type Entry = { readonly first: ImageKey | null };

/**
 * Keeps what is searched for in the page's address, with an entry of the history for each search, so that Back and
 * Forward lead through them. While a search is being typed, its entry changes.
 */
export function followAddress(app: Pick<AppDeps, 'door' | 'gallery' | 'chosen'>): void {
  const { gallery } = app;
  const history = createHistory();
  let shown: Searched = { text: gallery.text, scope: gallery.scope, order: gallery.order };
  let isSettled = true;
  let settling: ReturnType<typeof setTimeout> | undefined;
  history.replace(shown);

  $effect(() => {
    const searched = { text: gallery.text, scope: gallery.scope, order: gallery.order };
    if (writeAddress(searched) === writeAddress(shown)) return;
    const before = shown;
    shown = searched;
    const isTyping = isSearchFocused() && before.order === searched.order && before.scope === searched.scope;
    // A text that is cleared at once is a search that was left.
    const isCleared = searched.text === '' && before.text.length > 1;
    if (isSettled || !isTyping || isCleared) history.push(searched, parseViewState(app).first);
    else history.replaceSoon(searched);
    clearTimeout(settling);
    isSettled = !isTyping;
    settling = setTimeout(() => (isSettled = true), settledMs);
  });
  document.addEventListener('focusout', () => (isSettled = true));
  window.addEventListener('popstate', ({ state }) => {
    history.forget();
    shown = readAddress(location.hash) ?? { text: '', scope: '', order: null };
    isSettled = true;
    const again = shown;
    void gallery.show(again).then(() => {
      const first = (state as Entry | null)?.first ?? null;
      if (shown === again && first !== null) void settleAt(app, { first, active: null });
    });
  });
}

/** Writes to the browser's history, and to its newest entry at most every so often. */
function createHistory() {
  let waiting: Searched | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = (searched: Searched) => `${location.pathname}${location.search}${writeAddress(searched)}`;
  const forget = () => {
    clearTimeout(timer);
    timer = undefined;
    waiting = undefined;
  };
  const replace = (searched: Searched) => window.history.replaceState(window.history.state, '', write(searched));
  return {
    forget,
    replace,
    /** `first`: the image at the top of the view that is left. */
    push(searched: Searched, first: ImageKey | null): void {
      if (waiting !== undefined) replace(waiting);
      forget();
      window.history.replaceState({ first } satisfies Entry, '');
      window.history.pushState(null, '', write(searched));
    },
    replaceSoon(searched: Searched): void {
      waiting = searched;
      timer ??= setTimeout(() => {
        if (waiting !== undefined) replace(waiting);
        forget();
      }, writeMs);
    },
  };
}

function isSearchFocused(): boolean {
  return document.activeElement?.id === 'search';
}

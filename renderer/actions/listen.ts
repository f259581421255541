import type { App } from '../app.ts';
import { focusSearch } from '../search/focus-search.ts';
import type { Action } from './action.ts';
import { closeTopmost } from './close-topmost.ts';
import { keepCompositionKeys } from './composition-keys.ts';
import { beginsText, matchesShortcut } from './shortcut.ts';

export const isMac = navigator.userAgent.includes('Mac');

/**
 * Runs actions by their keys, unless something is being typed or a dialog lies over the window. Other keys that type
 * something go to the search box.
 */
export function listenForShortcuts(app: App): () => void {
  const keydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || app.dialogs.current !== undefined || isTyping(event.target)) return;
    if (event.key === 'Escape' && closeTopmost(app)) {
      event.preventDefault();
      return;
    }
    const actions: readonly Action[] = Object.values(app.actions);
    const action = actions.find(({ shortcut, alsoBy }) =>
      [shortcut, alsoBy].some((keys) => keys !== undefined && matchesShortcut(keys, event, isMac)),
    );
    // The key itself is typed into what has the focus by then.
    if (action === undefined && beginsText(event)) focusSearch();
    if (action?.isPossible() !== true) return;
    event.preventDefault();
    action.run();
  };
  const letGo = keepCompositionKeys(window);
  window.addEventListener('keydown', keydown);
  return () => {
    letGo();
    window.removeEventListener('keydown', keydown);
  };
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  // In menus and lists, typing finds an entry.
  if (target.closest('[role="menu"], [role="listbox"]') !== null) return true;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isTextInput(target);
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type);
}

import type { App } from '../app.ts';
import type { Action } from './action.ts';
import { matchesShortcut } from './shortcut.ts';

export const isMac = navigator.userAgent.includes('Mac');

/** Runs actions by their keys, unless something is being typed or a dialog lies over the window. */
export function listenForShortcuts(app: App): () => void {
  const keydown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || app.dialogs.current !== undefined || isTyping(event.target)) return;
    const actions: readonly Action[] = Object.values(app.actions);
    const action = actions.find(({ shortcut, alsoBy }) =>
      [shortcut, alsoBy].some((keys) => keys !== undefined && matchesShortcut(keys, event, isMac)),
    );
    if (action?.isPossible() !== true) return;
    event.preventDefault();
    action.run();
  };
  window.addEventListener('keydown', keydown);
  return () => window.removeEventListener('keydown', keydown);
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('[role="menu"]') !== null) return true;
  return target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement || isTextInput(target);
}

function isTextInput(target: HTMLElement): boolean {
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type);
}

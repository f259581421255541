/** Keys such as `Mod+Shift+A`, `/`, `Delete`; Mod is Command on a Mac and Ctrl elsewhere. */
export type Shortcut = string;

type Keys = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

export function matchesShortcut(shortcut: Shortcut, event: Keys, isMac: boolean): boolean {
  const parts = shortcut.split('+');
  const key = parts.pop() ?? '';
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const other = isMac ? event.ctrlKey : event.metaKey;
  if (other || event.altKey || mod !== parts.includes('Mod')) return false;
  // Signs such as ? need Shift on some keyboards and not on others.
  const isLetter = /^[a-z]$/i.test(key) || key.length > 1;
  if (isLetter && event.shiftKey !== parts.includes('Shift')) return false;
  return event.key.toLowerCase() === key.toLowerCase();
}

/** As it is shown: `⇧⌘A` on a Mac, `Ctrl+Shift+A` elsewhere. */
export function describeShortcut(shortcut: Shortcut, isMac: boolean): string {
  if (!isMac) return shortcut.replace('Mod', 'Ctrl');
  const parts = shortcut.split('+');
  const key = parts.pop() ?? '';
  return `${parts.includes('Shift') ? '⇧' : ''}${parts.includes('Mod') ? '⌘' : ''}${key}`;
}

/** Keys such as `Mod+Shift+A`, `/`, `+`, `Delete`; Mod is Command on a Mac and Ctrl elsewhere. */
export type Shortcut = string;

type Keys = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey' | 'getModifierState'>;

export function matchesShortcut(shortcut: Shortcut, event: Keys, isMac: boolean): boolean {
  const { key, modifiers } = splitShortcut(shortcut);
  // AltGr, which Windows reports as Ctrl with Alt, and Shift help to type a sign on some keyboards and not on others.
  const isSign = [...key].length === 1 && !isLetter(key);
  const isTypedByAltGr = isSign && event.getModifierState('AltGraph');
  const mod = (isMac ? event.metaKey : event.ctrlKey) && !isTypedByAltGr;
  const other = (isMac ? event.ctrlKey : event.metaKey) || event.altKey;
  if ((other && !isTypedByAltGr) || mod !== modifiers.includes('Mod')) return false;
  if (!isSign && event.shiftKey !== modifiers.includes('Shift')) return false;
  if (event.key.toLowerCase() === key.toLowerCase()) return true;
  // A keyboard of another script has no such letter: the key in its place counts.
  return mod && isForeignLetter(event.key) && event.code === codeOf(key);
}

/** Whether a key begins a text: it types a character other than a blank, or an accent for the next one. */
export function beginsText(event: Keys): boolean {
  const { key, ctrlKey, metaKey, altKey } = event;
  if (key === 'Dead') return true;
  const isCommand = (ctrlKey || metaKey || altKey) && !event.getModifierState('AltGraph');
  return !isCommand && [...key].length === 1 && key.trim() !== '';
}

/** As it is shown: `⇧⌘A` on a Mac, `Ctrl+Shift+A` elsewhere. */
export function describeShortcut(shortcut: Shortcut, isMac: boolean): string {
  if (!isMac) return shortcut.replace('Mod', 'Ctrl');
  const { key, modifiers } = splitShortcut(shortcut);
  return `${modifiers.includes('Shift') ? '⇧' : ''}${modifiers.includes('Mod') ? '⌘' : ''}${key}`;
}

/** The key is all that stands behind the modifiers, a `+` too. */
function splitShortcut(shortcut: Shortcut): { readonly key: string; readonly modifiers: readonly string[] } {
  const modifiers = [...shortcut.matchAll(/(Mod|Shift)\+/gy)].map(([, name = '']) => name);
  return { key: shortcut.slice(modifiers.join('+').length + (modifiers.length > 0 ? 1 : 0)), modifiers };
}

function isLetter(key: string): boolean {
  return /^[a-z]$/i.test(key);
}

function isForeignLetter(key: string): boolean {
  return /^[^\p{ASCII}]$/u.test(key) && /^\p{L}$/u.test(key);
}

/** The key's place on a keyboard of the US. */
function codeOf(key: string): string {
  return key === ',' ? 'Comma' : `Key${key.toUpperCase()}`;
}

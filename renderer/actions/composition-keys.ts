/** What browsers report for a key that an input method takes, where they do not say that it composes. */
const inputMethodKeyCode = 229;

/** The part of a `KeyboardEvent` that matters here. Its key code is deprecated, and the only sign that Safari gives. */
type Pressed = Pick<KeyboardEvent, 'key' | 'isComposing' | 'stopImmediatePropagation' | 'preventDefault'> & {
  readonly keyCode: number;
};

/**
 * Keeps the keys that an input method uses while it composes (Enter, arrows, Escape and others) from every listener of
 * the page, so that they act on the composition alone. Returns what ends it.
 */
export function keepCompositionKeys(page: Window): () => void {
  const keep = (event: Pressed) => {
    // Safari reports the Enter that ends a composition after its end, by the code alone.
    const isTaken = event.keyCode === inputMethodKeyCode;
    if (!event.isComposing && !isTaken) return;
    event.stopImmediatePropagation();
    // Else it would send the form that the field is in.
    if (event.key === 'Enter' && !isTaken) event.preventDefault();
  };
  page.addEventListener('keydown', keep, { capture: true });
  return () => page.removeEventListener('keydown', keep, { capture: true });
}

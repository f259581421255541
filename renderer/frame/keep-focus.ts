/**
 * Keeps the focus near when what had it goes away, as a button does that is used up: it moves to the first button of
 * the nearest place that is left, else to `element`, which must take a focus. An attachment.
 */
export function keepFocus(element: HTMLElement): () => void {
  let path: readonly HTMLElement[] = [];
  const remember = (event: FocusEvent) => {
    path = event.composedPath().filter((one) => one instanceof HTMLElement && element.contains(one)) as HTMLElement[];
  };
  const forget = (event: FocusEvent) => {
    if (event.relatedTarget !== null) path = [];
  };
  const observer = new MutationObserver(() => {
    const [focused, ...places] = path;
    if (focused === undefined || focused.isConnected || document.activeElement !== document.body) return;
    const left = places.filter(({ isConnected }) => isConnected);
    const button = left.map((place) => place.querySelector<HTMLElement>('button:enabled')).find((found) => found);
    (left[0] === element ? element : (button ?? element)).focus();
  });
  element.addEventListener('focusin', remember);
  element.addEventListener('focusout', forget);
  observer.observe(element, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    element.removeEventListener('focusin', remember);
    element.removeEventListener('focusout', forget);
  };
}

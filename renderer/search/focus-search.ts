/** Moves the focus to the search box and selects what stands there, so that typing begins anew. */
export function focusSearch(): void {
  const input = document.getElementById('search');
  if (!(input instanceof HTMLInputElement)) return;
  input.focus();
  input.select();
}

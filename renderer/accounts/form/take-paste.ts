import { readPaste, type Paste, type PasteField } from './pasted-fields.ts';

/** What a paste into a field does, where it is more than what the browser would do, which is then left undone. */
export function takePaste(field: PasteField, event: ClipboardEvent): Paste | undefined {
  const pasted = event.clipboardData?.getData('text/plain') ?? '';
  const paste = readPaste(field, pasted, valueAfter(event.target, pasted));
  if (paste !== undefined) event.preventDefault();
  return paste;
}

/** What the field would hold: the paste takes the place of what is selected in it. */
function valueAfter(target: EventTarget | null, pasted: string): string {
  if (!(target instanceof HTMLInputElement)) return pasted;
  const { value, selectionStart, selectionEnd } = target;
  return value.slice(0, selectionStart ?? value.length) + pasted + value.slice(selectionEnd ?? value.length);
}

/** Goes to the first field below `form` that has a mistake. */
export function focusMistake(form: HTMLElement | undefined): void {
  const field = form?.querySelector<HTMLElement>('[aria-invalid="true"]');
  const control =
    field?.matches('[role="radiogroup"]') === true ? field.querySelector<HTMLElement>('input:enabled') : field;
  control?.focus();
}

import type { UpdateView } from '../../main/contract/commands/updates.ts';
import type { TranslatedText } from '../../main/messages/format.ts';

/** One line on how things stand. `now` is the time in ms since the epoch. */
export function updateText({ state, version, checkedAt }: UpdateView, now: number, words: TranslatedText): string {
  const { translate, format } = words;
  const looked =
    checkedAt === null
      ? translate('updates.neverLooked')
      : translate('updates.looked', { age: format.age(checkedAt, now) });
  const parts = [translate('updates.thisVersion', { version })];
  if (state === 'current') parts.push(translate('updates.newest'));
  return [...parts, looked].join(' ');
}

/** What was found, with its size where the server said it. */
export function offerTitle(
  { version, bytes }: NonNullable<UpdateView['offer']>,
  { translate, format }: TranslatedText,
): string {
  if (bytes === null) return translate('updates.found', { version });
  return translate('updates.foundSize', { version, size: format.size(bytes) });
}

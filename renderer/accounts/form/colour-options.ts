import { accountColours } from '../../../main/domain/account/account.ts';
import type { MessageKey, Translate } from '../../../main/messages/messages.ts';

const colourNames: Readonly<Record<(typeof accountColours)[number], MessageKey>> = {
  '#4f6df5': 'colour.blue',
  '#1fa971': 'colour.green',
  '#e0673c': 'colour.orange',
  '#a855c7': 'colour.purple',
  '#d4a017': 'colour.gold',
  '#2b9fc4': 'colour.sky',
  '#d64577': 'colour.pink',
  '#6b7f2a': 'colour.olive',
};

/** The colours that an account may have, `current` among them. */
export function colourOptions(current: string, translate: Translate) {
  const usual = accountColours.map((value) => ({ value, label: translate(colourNames[value]) }));
  const isUsual = usual.some(({ value }) => value === current);
  return isUsual ? usual : [...usual, { value: current, label: translate('colour.own') }];
}

/** The next in turn, as the core would give it. */
export function nextColour(accounts: number): string {
  return accountColours[accounts % accountColours.length] ?? accountColours[0];
}

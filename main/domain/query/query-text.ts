import { dashes, invisible } from '../text/normalize.ts';

/** A query as it is scanned, and where each of its UTF-16 units, and its end, stands in what was typed. */
export type PlainQuery = { readonly text: string; readonly offsetOf: (at: number) => number };

const special = /[^\t-\r -~]/;
/** U+301C is a tilde (normalize.ts). */
const dash = new RegExp(`^(?!〜)${dashes}$`, 'u');
/** Full-width and small forms of ASCII, as Japanese and Chinese keyboards type them. */
const wideForm = /^[\uff01-\uff5e\ufe50-\ufe6b]$/;

/**
 * Returns the query with its operators in ASCII and without invisible characters, as pasted text and other keyboards
 * have both. Texts compare folded, so that they mean the same in either form.
 */
export function plainQuery(typed: string): PlainQuery {
  if (!special.test(typed)) return { text: typed, offsetOf: (at) => at };
  const offsets: number[] = [];
  let text = '';
  let offset = 0;
  for (const character of typed) {
    const plain = plainCharacter(character);
    text += plain;
    while (offsets.length < text.length) offsets.push(offset + offsets.length - (text.length - plain.length));
    offset += character.length;
  }
  offsets.push(typed.length);
  return { text, offsetOf: (at) => offsets[at] ?? typed.length };
}

function plainCharacter(character: string): string {
  if (character <= '~' && character >= ' ') return character;
  if (dash.test(character)) return '-';
  if (wideForm.test(character)) return character.normalize('NFKC');
  return character.replace(invisible, '');
}

import { parseDataCentre } from './data-centre.ts';
import { failure, type Failure } from '../failure.ts';
import { trimCharacters } from '../text/trim-characters.ts';

/** What a paste says of an account; fields that it does not mention are absent. */
export type PastedAccount = { readonly origin?: string; readonly userId?: string; readonly key?: string };

// Spaces of every kind, zero-width characters, byte order marks, quotes, and what copying from a table brings.
const around = /[\s\u200b-\u200f\u2060\ufeff'"`‘’“”,;]/;

/** A pasted key without what came with it: blanks, quotes, a header's name. */
export function cleanKey(text: string): string {
  return trimCharacters(trimCharacters(text, around).replace(/^api-key\s*[:=]\s*/i, ''), around);
}

/** A header's value may hold nothing else; longer than any real key is a paste that went wrong. */
export function isUsableKey(key: string): boolean {
  return /^[\x21-\x7e]{1,500}$/.test(key);
}

export function unusableKey(): Failure {
  return failure(
    'bad-input',
    'This is no API key: it holds spaces or other characters that a key never has, or nothing at all. Copy it again from QuestionPro.',
  );
}

/** User ids are opaque to us, but they stand in a path; '' is the key's own account. */
export function cleanUserId(text: string): string {
  const cleaned = trimCharacters(text, around);
  return /^\{.*\}$/.test(cleaned) ? '' : cleaned;
}

/**
 * Reads what people copy: a whole `curl` command of QuestionPro's documentation fills every field, an address fills
 * data centre and user. Undefined where the text is neither, so that it stays what was typed.
 */
export function readPastedAccount(text: string): PastedAccount | undefined {
  const address = /https?:\/\/[^\s'"`\\]+/i.exec(text)?.[0];
  if (address === undefined) return undefined;
  const origin = parseDataCentre(address);
  const userId = /\/users\/([^/?#]+)/.exec(address)?.[1];
  const key = /api-key\s*[:=]\s*['"]?([\x21-\x7e]+?)['"]?(?:[\s\\]|$)/i.exec(text.replace(address, ' '))?.[1];
  return {
    ...(origin === undefined ? {} : { origin }),
    ...(userId === undefined ? {} : { userId: cleanUserId(userId) }),
    ...(key === undefined || /[{<]/.test(key) ? {} : { key: cleanKey(key) }),
  };
}

import { redact } from '../redact/redact.ts';

/** What an error body says, as far as it can be read. */
export type ApiErrorBody = {
  readonly id: string | null;
  readonly message: string | null;
};

const readLimit = 65_536;
/** Characters that are redacted before the text is cut to its limit: an encoded key is longer than `[key]`. */
const redactedLimit = 4_000;
const messageLimit = 300;
const idLimit = 40;

function field(text: string, name: string): string | null {
  const match = new RegExp(`"${name}"\\s*:\\s*(?:"((?:[^"\\\\]|\\\\.)*)"|(-?\\d+))`).exec(text);
  return match?.[1] ?? match?.[2] ?? null;
}

function unescaped(text: string): string {
  try {
    return String(JSON.parse(`"${text}"`));
  } catch {
    return text;
  }
}

/**
 * Reads an error body by its fields' own text, as the documented bodies are no valid JSON, `id` comes as text or number,
 * and what comes may as well be HTML or nothing. Texts are cut, and are redacted of the key.
 */
export function readApiError(body: string, key = ''): ApiErrorBody {
  const text = body.slice(0, readLimit);
  const message = visible(field(text, 'message'), key).slice(0, messageLimit);
  return { id: visible(field(text, 'id'), key).slice(0, idLimit) || null, message: message || null };
}

/** A field's text for people, on one line and without the key. */
function visible(text: string | null, key: string): string {
  return redact(unescaped(text ?? ''), [key], redactedLimit)
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim();
}

/** The 429 that means "stop": told from "wait" by its body alone. */
export function saysAllowanceUsedUp({ id, message }: ApiErrorBody): boolean {
  return id === '1013' || /api call limit exceeded/i.test(message ?? '');
}

/** What an error body says, as far as it can be read. */
export type ApiErrorBody = {
  readonly id: string | null;
  readonly message: string | null;
};

const readLimit = 65_536;
const messageLimit = 300;

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
 * and what comes may as well be HTML or nothing.
 */
export function readApiError(body: string): ApiErrorBody {
  const text = body.slice(0, readLimit);
  const message = field(text, 'message');
  const plain =
    message === null
      ? null
      : unescaped(message)
          .replace(/[\p{C}\s]+/gu, ' ')
          .trim();
  return { id: field(text, 'id'), message: plain === '' ? null : (plain?.slice(0, messageLimit) ?? null) };
}

/** The 429 that means "stop": told from "wait" by its body alone. */
export function saysAllowanceUsedUp({ id, message }: ApiErrorBody): boolean {
  return id === '1013' || /api call limit exceeded/i.test(message ?? '');
}

/** The text inside the encrypted file: account uids and their keys. */
export type KeyMap = ReadonlyMap<string, string>;

export function printKeyMap(keys: KeyMap): string {
  return JSON.stringify({ version: 1, keys: Object.fromEntries(keys) });
}

/** `undefined` where the text is none of ours, `newer` where a later version of the product wrote it. */
export function parseKeyMap(text: string): KeyMap | 'newer' | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || !('version' in parsed)) return undefined;
  if (typeof parsed.version === 'number' && parsed.version > 1) return 'newer';
  if (parsed.version !== 1 || !('keys' in parsed)) return undefined;
  if (typeof parsed.keys !== 'object' || parsed.keys === null || Array.isArray(parsed.keys)) return undefined;
  const entries = Object.entries(parsed.keys);
  const isKey = (entry: [string, unknown]): entry is [string, string] => typeof entry[1] === 'string';
  return entries.every(isKey) ? new Map(entries) : undefined;
}

import { parseSize } from '../../../domain/image/size.ts';

const mostKept = 20_000;

/** What the API's size texts say in bytes. They are few: each is read once. */
export function createNominalBytes(): (text: string) => number | null {
  const kept = new Map<string, number | null>();
  return (text) => {
    let bytes = kept.get(text);
    if (bytes === undefined) {
      if (kept.size >= mostKept) kept.clear();
      bytes = parseSize(text)?.nominalBytes ?? null;
      kept.set(text, bytes);
    }
    return bytes;
  };
}

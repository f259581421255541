import { compareText, naturalKey } from '../../../domain/text/natural-order.ts';

/** Few different texts among many rows, each by a number from 0. Code 0 is the text that was first asked for. */
export type Dictionary = {
  code(text: string): number;
  text(code: number): string;
  readonly texts: readonly string[];
  /** For each code its place in the natural order of all the texts that there are. */
  ranks(): Uint32Array;
};

export function createDictionary(initial: readonly string[] = []): Dictionary {
  const texts = [...initial];
  const codes = new Map(texts.map((text, code) => [text, code]));
  let ranks = new Uint32Array(0);
  return {
    texts,
    text: (code) => texts[code] ?? '',
    code(text) {
      const known = codes.get(text);
      if (known !== undefined) return known;
      texts.push(text);
      codes.set(text, texts.length - 1);
      return texts.length - 1;
    },
    ranks() {
      if (ranks.length !== texts.length) ranks = rankTexts(texts);
      return ranks;
    },
  };
}

function rankTexts(texts: readonly string[]): Uint32Array<ArrayBuffer> {
  const sorted = texts
    .map((text, code) => ({ text, code, key: naturalKey(text) }))
    .sort((one, other) => compareText(one.key, other.key) || compareText(one.text, other.text));
  const ranks = new Uint32Array(texts.length);
  for (const [rank, { code }] of sorted.entries()) ranks[code] = rank;
  return ranks;
}

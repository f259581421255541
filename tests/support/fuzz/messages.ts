import { z } from 'zod';
import type { CommandTable } from '../../../main/contract/command.ts';
import type { Seeded } from '../kill/seeded.ts';

export type Message = { readonly name: unknown; readonly input: unknown };

/** Values that are likely to break a host. */
const hostile: readonly unknown[] = [
  ...[undefined, null, true, false, 0, -1, 1, 7, 1.5, 2 ** 31, 2 ** 53, -0, Number.NaN, Infinity, 1e308],
  ...['', 'a', '__proto__', 'constructor', '../../etc/passwd', '\0', '\u202E', '💥'],
  ...["'; drop table images; --", '<script>alert(1)</script>', '%00%0a', '(((((((((', '"a', 'size:>', '{name}', '{'],
  ...['x'.repeat(10_000), '(a)|'.repeat(500), [], {}, [[[]]], { id: 1 }, { __proto__: null }, new Date(0)],
];

/** Collects the field names and enum values of a schema at any depth, so that messages get past its first checks. */
function wordsOf(schema: unknown, words: Set<string>): void {
  if (schema === null || typeof schema !== 'object') return;
  for (const [key, value] of Object.entries(schema)) {
    if (key === 'properties' && typeof value === 'object' && value !== null) {
      for (const name of Object.keys(value)) words.add(name);
    }
    if (key === 'enum' && Array.isArray(value)) for (const word of value) words.add(String(word));
    if (key === 'const' && typeof value === 'string') words.add(value);
    wordsOf(value, words);
  }
}

/** Creates messages of every kind to every command of a table, the same ones for the same seed. */
export function createMessages(
  table: CommandTable,
  { next: random, between, pick }: Seeded,
  folder: string,
): () => Message {
  const names = Object.keys(table);
  const fields = new Map(
    Object.entries(table).map(([name, { input }]) => {
      const words = new Set<string>();
      wordsOf(z.toJSONSchema(input, { unrepresentable: 'any', io: 'input' }), words);
      return [name, [...words]] as const;
    }),
  );
  // Absolute paths stay in the test's own folder: some of these messages take effect.
  const all = [...hostile, `${folder}/one`, `${folder}/two/three`, folder];
  const odd = () => all[between(0, all.length - 1)];
  const value = (words: readonly string[], depth: number): unknown => {
    const kind = random();
    if (kind < 0.5 || depth === 0) return odd();
    if (kind < 0.6) return Math.floor(random() * 5);
    if (kind < 0.7 && words.length > 0) return pick(words);
    if (kind < 0.8) return Array.from({ length: Math.floor(random() * 4) }, () => value(words, depth - 1));
    return object(words, depth - 1);
  };
  const object = (words: readonly string[], depth: number): Record<string, unknown> => {
    const some = words.filter(() => random() < 0.5);
    return Object.fromEntries(some.map((word) => [word, value(words, depth)]));
  };
  return () => {
    const kind = random();
    const name = pick(names);
    const words = fields.get(name) ?? [];
    if (kind < 0.05) return { name: odd(), input: value(words, 2) };
    if (kind < 0.15) return { name, input: odd() };
    return { name, input: object(words, 3) };
  };
}

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { root } from '../../../build/bootstrap/paths.mjs';

/** The number of messages per endpoint; CONTACT_SHEET_FUZZ_MESSAGES=100000 overrides it. */
export const messages = Number(process.env['CONTACT_SHEET_FUZZ_MESSAGES'] ?? 3000);
export const patienceMs = 60_000 + messages * 20;
export const mostGrownBytes = 24 * 1024 * 1024;
const batchSize = 50;

/** Returns whether a text for clients contains a stack trace or a path of the program. */
export function saysTooMuch(text: string): boolean {
  return /\bat .+:\d+:\d+|file:\/\/|node_modules/u.test(text) || text.includes(root);
}

const collect = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

/** Returns the bytes in use after a garbage collection. */
function usedBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Sends messages in batches; the first fifth warms up, the rest must not leak memory. */
export async function send(
  one: (index: number) => Promise<string | undefined>,
): Promise<{ problems: string[]; grownBytes: number }> {
  const problems = new Set<string>();
  let before = 0;
  for (let index = 0; index < messages; index += batchSize) {
    if (before === 0 && index >= messages / 5) before = usedBytes();
    const batch = Array.from({ length: batchSize }, (_, offset) => one(index + offset));
    for (const problem of await Promise.all(batch)) if (problem !== undefined) problems.add(problem);
  }
  return { problems: [...problems].slice(0, 10), grownBytes: usedBytes() - before };
}

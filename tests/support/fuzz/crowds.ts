import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { root } from '../../../build/bootstrap/paths.mjs';

/** CONTACT_SHEET_FUZZ_MESSAGES=100000 sends as many through each door. */
export const messages = Number(process.env['CONTACT_SHEET_FUZZ_MESSAGES'] ?? 3000);
export const patienceMs = 60_000 + messages * 20;
export const mostGrownBytes = 24 * 1024 * 1024;
const together = 50;

/** Whether a text for somebody outside has a stack or a path of the program in it. */
export function saysTooMuch(text: string): boolean {
  return /\bat .+:\d+:\d+|file:\/\/|node_modules/u.test(text) || text.includes(root);
}

const collect = (() => {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as () => void;
})();

/** Bytes in use once everything is collected that nobody holds. */
function heldBytes(): number {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Sends them in crowds; the first fifth warms up, the rest may leave nothing behind. */
export async function send(
  one: (index: number) => Promise<string | undefined>,
): Promise<{ problems: string[]; grownBytes: number }> {
  const problems = new Set<string>();
  let before = 0;
  for (let index = 0; index < messages; index += together) {
    if (before === 0 && index >= messages / 5) before = heldBytes();
    const crowd = Array.from({ length: together }, (_, offset) => one(index + offset));
    for (const problem of await Promise.all(crowd)) if (problem !== undefined) problems.add(problem);
  }
  return { problems: [...problems].slice(0, 10), grownBytes: heldBytes() - before };
}

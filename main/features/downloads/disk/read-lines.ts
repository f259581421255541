import { createReadStream } from 'node:fs';
import { isMissing } from './hash-file.ts';

/** The lines of a text file without their `\n`, in flat memory; none where there is no file. */
export async function* readLines(path: string): AsyncGenerator<string> {
  let rest = '';
  try {
    for await (const chunk of createReadStream(path, { encoding: 'utf8' })) {
      const lines = (rest + String(chunk)).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  if (rest !== '') yield rest;
}

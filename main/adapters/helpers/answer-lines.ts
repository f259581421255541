import process from 'node:process';
import { splitLines } from './split-lines.ts';

/** As much as a helper of Electron's knows of who started it. */
type ParentPort = {
  on(event: 'message', receive: (message: { readonly data: string }) => void): void;
  postMessage(line: string): void;
};

/** Answers, in a helper process, each line with a line; the process ends with who started it. */
export function answerLines(answer: (line: string) => Promise<string>): void {
  const { parentPort } = process as { readonly parentPort?: ParentPort };
  if (parentPort === undefined) listenToPipe(answer);
  else parentPort.on('message', ({ data }) => void answer(data).then((line) => parentPort.postMessage(line)));
}

function listenToPipe(answer: (line: string) => Promise<string>): void {
  const take = splitLines((line) => void answer(line).then((given) => process.stdout.write(`${given}\n`)));
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', take);
  // The asker is gone, or has what it wanted. A plain exit would wait for a call that waits for a prompt.
  process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL'));
}

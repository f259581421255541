import type { HelperProcess, StartHelper } from '../../ports/helper.ts';
import { splitLines } from './split-lines.ts';
import { startPiped } from './start-process.ts';

/** A helper under the running Node: lines on its standard input and output, which end with this process. */
export const startInNode: StartHelper = (script, environment) => startCommand([process.execPath, script], environment);

/** The same with a program of its own. */
export function startCommand(
  program: readonly [string, ...string[]],
  environment: Readonly<Record<string, string>>,
): HelperProcess {
  const child = startPiped(program, environment);
  // A helper that died before it read says so by closing.
  child.stdin.on('error', () => undefined);
  return {
    send: (line) => void child.stdin.write(`${line}\n`),
    answered: (receive) => void child.stdout.setEncoding('utf8').on('data', splitLines(receive)),
    ended(receive) {
      child.on('error', receive);
      child.on('close', receive);
    },
    kill: () => void child.kill('SIGKILL'),
  };
}

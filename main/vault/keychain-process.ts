import { spawn } from 'node:child_process';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { companionUrl } from './companion.ts';
import type { HelperAnswer, HelperReply, HelperRequest } from './keychain-protocol.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

export type HelperQuestion = {
  /** The program and its arguments; the helper of this folder under the running Node unless given. */
  readonly command?: readonly [string, ...string[]];
  readonly environment: Environment;
  readonly request: HelperRequest;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

/** Secrets of ours and switches of Node's that the helper has no use for. */
const withheld = /^(CONTACT_SHEET_.*|NODE_OPTIONS)$/i;

function helperEnvironment(environment: Environment): Record<string, string> {
  const kept = Object.entries(environment).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !withheld.test(entry[0]),
  );
  return { ...Object.fromEntries(kept), ELECTRON_RUN_AS_NODE: '1' };
}

function parseAnswer(line: string): HelperReply {
  try {
    const answer: unknown = JSON.parse(line);
    if (typeof answer === 'object' && answer !== null && 'outcome' in answer) return answer as HelperAnswer;
  } catch {
    // Something else wrote to its output: no answer either.
  }
  return { outcome: 'crashed' };
}

/** Asks one helper process one question and ends that process, answered or not; the key travels by pipe alone. */
export function askHelper(question: HelperQuestion): Promise<HelperReply> {
  const { signal } = question;
  if (signal?.aborted) return Promise.resolve({ outcome: 'cancelled' });
  const [program, ...programArguments] = question.command ?? [
    process.execPath,
    fileURLToPath(companionUrl('keychain-helper')),
  ];
  return new Promise((resolve) => {
    const child = spawn(program, programArguments, {
      env: helperEnvironment(question.environment),
      stdio: ['pipe', 'pipe', 'ignore'],
      windowsHide: true,
    });
    const settle = (reply: HelperReply): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      child.kill('SIGKILL');
      resolve(reply);
    };
    const timer = setTimeout(() => settle({ outcome: 'timed-out' }), question.timeoutMs);
    const cancel = (): void => settle({ outcome: 'cancelled' });
    signal?.addEventListener('abort', cancel, { once: true });
    let received = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      received += text;
      if (received.endsWith('\n')) settle(parseAnswer(received));
    });
    child.on('error', () => settle({ outcome: 'crashed' }));
    child.on('close', () => settle({ outcome: 'crashed' }));
    // A helper that died before it read says so by closing.
    child.stdin.on('error', () => undefined);
    child.stdin.write(`${JSON.stringify(question.request)}\n`);
  });
}

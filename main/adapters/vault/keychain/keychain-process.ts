import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { childEnvironment, type Environment } from '../../helpers/child-environment.ts';
import type { StartHelper } from '../../../ports/helper.ts';
import type { HelperAnswer, HelperReply, HelperRequest } from './keychain-protocol.ts';

export type HelperQuestion = {
  readonly start: StartHelper;
  readonly environment: Environment;
  readonly request: HelperRequest;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
};

function parseAnswer(line: string): HelperReply {
  try {
    const answer: unknown = JSON.parse(line);
    if (typeof answer === 'object' && answer !== null && 'outcome' in answer) return answer as HelperAnswer;
  } catch {
    // Something else wrote to its output: no answer either.
  }
  return { outcome: 'crashed' };
}

/** Asks one helper process one question and ends that process, answered or not; the key travels to it alone. */
export function askHelper(question: HelperQuestion): Promise<HelperReply> {
  const { signal } = question;
  if (signal?.aborted) return Promise.resolve({ outcome: 'cancelled' });
  return new Promise((resolve) => {
    const helper = question.start(
      fileURLToPath(new URL(`./keychain-helper${extname(import.meta.url)}`, import.meta.url)),
      childEnvironment(question.environment),
    );
    const settle = (reply: HelperReply): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      helper.kill();
      resolve(reply);
    };
    const timer = setTimeout(() => settle({ outcome: 'timed-out' }), question.timeoutMs);
    const cancel = (): void => settle({ outcome: 'cancelled' });
    signal?.addEventListener('abort', cancel, { once: true });
    helper.answered((line) => settle(parseAnswer(line)));
    helper.ended(() => settle({ outcome: 'crashed' }));
    helper.send(JSON.stringify(question.request));
  });
}

import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartHelper } from '../../ports/helper.ts';
import type { ImageReply, ImageJob } from './image-protocol.ts';

/** A process that makes pictures of files that nobody vouches for, many at once. */
export type ImageProcess = {
  isLiving(): boolean;
  /** How many wishes it was not yet heard of. */
  underWay(): number;
  /** `failed` where it ended first. */
  ask(wish: ImageJob): Promise<ImageReply>;
  /** At once, whatever it is busy with. */
  kill(): void;
};

const script = fileURLToPath(new URL(`./image-helper${extname(import.meta.url)}`, import.meta.url));

export function startImageProcess(start: StartHelper, environment: Readonly<Record<string, string>>): ImageProcess {
  const asked = new Map<number, (answer: ImageReply) => void>();
  let isLiving = true;
  let lastId = 0;
  const helper = start(script, environment);
  const over = (): void => {
    isLiving = false;
    for (const [id, settle] of asked) settle({ id, failed: ended });
    asked.clear();
  };
  const kill = (): void => {
    if (isLiving) helper.kill();
    over();
  };
  helper.answered((line) => {
    const answer = readAnswer(line);
    if (answer === undefined) return kill();
    asked.get(answer.id)?.(answer);
    asked.delete(answer.id);
  });
  helper.ended(over);
  return {
    isLiving: () => isLiving,
    underWay: () => asked.size,
    ask(wish) {
      const id = (lastId += 1);
      if (!isLiving) return Promise.resolve({ id, failed: ended });
      return new Promise((resolve) => {
        asked.set(id, resolve);
        helper.send(JSON.stringify({ id, ...wish }));
      });
    },
    kill,
  };
}

export const ended = 'The process that makes pictures ended.';

/** A picture may have brought it to say anything. */
function readAnswer(line: string): ImageReply | undefined {
  try {
    const answer: unknown = JSON.parse(line);
    return typeof answer === 'object' && answer !== null && 'id' in answer ? (answer as ImageReply) : undefined;
  } catch {
    return undefined;
  }
}

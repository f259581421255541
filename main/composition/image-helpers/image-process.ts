import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { StartHelper } from '../../ports/helper.ts';
import type { ImageReply, ImageJob } from './image-protocol.ts';

/** A process for untrusted images, many at once. */
export type ImageProcess = {
  isLiving(): boolean;
  /** Number of jobs without a reply. */
  underWay(): number;
  /** Replies with `failed` if it ends first. */
  ask(job: ImageJob): Promise<ImageReply>;
  /** Kills it at once, even while busy. */
  kill(): void;
};

const script = fileURLToPath(new URL(`./image-helper${extname(import.meta.url)}`, import.meta.url));

export function startImageProcess(start: StartHelper, environment: Readonly<Record<string, string>>): ImageProcess {
  const pending = new Map<number, (reply: ImageReply) => void>();
  let isLiving = true;
  let lastId = 0;
  const helper = start(script, environment);
  const handleEnd = (): void => {
    isLiving = false;
    for (const [id, settle] of pending) settle({ id, failed: ended });
    pending.clear();
  };
  const kill = (): void => {
    if (isLiving) helper.kill();
    handleEnd();
  };
  helper.answered((line) => {
    const reply = parseReply(line);
    if (reply === undefined) return kill();
    pending.get(reply.id)?.(reply);
    pending.delete(reply.id);
  });
  helper.ended(handleEnd);
  return {
    isLiving: () => isLiving,
    underWay: () => pending.size,
    ask(job) {
      const id = (lastId += 1);
      if (!isLiving) return Promise.resolve({ id, failed: ended });
      return new Promise((resolve) => {
        pending.set(id, resolve);
        helper.send(JSON.stringify({ id, ...job }));
      });
    },
    kill,
  };
}

export const ended = 'The process that makes pictures ended.';

/** Parses a reply, which a malicious image may have forged. */
function parseReply(line: string): ImageReply | undefined {
  try {
    const reply: unknown = JSON.parse(line);
    return typeof reply === 'object' && reply !== null && 'id' in reply ? (reply as ImageReply) : undefined;
  } catch {
    return undefined;
  }
}

import { fail, ok } from '../../domain/result.ts';
import { isText } from '../../adapters/imaging/sharp-thumbnailer.ts';
import { problems } from '../../adapters/imaging/thumbnail-problems.ts';
import type { Thumbnailer } from '../../ports/thumbnailer.ts';
import type { ImageProcess } from './image-process.ts';
import type { ImageReply, ImageJob } from './image-protocol.ts';

export type DrawingsApartDeps = {
  /** Makes all other pictures. */
  readonly pictures: Thumbnailer;
  readonly begin: () => ImageProcess;
  /** What one drawing may take; 20 s unless given. */
  readonly timeoutMs?: number;
  /** Memory of the process that draws; 512 MiB unless given. */
  readonly mostMemoryBytes?: number;
};

/** A process that is not used any more by then is ended; to start one takes as long as hundreds of drawings. */
const idleMs = 5_000;
const usualMemoryBytes = 512 * 1024 * 1024;

/**
 * Makes pictures small as `pictures` does, but for drawings, whose cost no limit bounds: one of a few lines can keep the
 * library busy for hours or fill the memory, and no call of it can be stopped. Each gets a process to itself, which is
 * killed.
 */
export function createDrawingsApart(deps: DrawingsApartDeps): Thumbnailer {
  const { pictures, begin, timeoutMs = 20_000, mostMemoryBytes = usualMemoryBytes } = deps;
  const idle = createIdleProcesses();
  return {
    ...pictures,
    async make(path, boxPixels, signal) {
      if (!(await isText(path))) return pictures.make(path, boxPixels, signal);
      const process = idle.take() ?? begin();
      const answer = await askUntil(process, { kind: 'shrink', path, boxPixels, mostMemoryBytes }, timeoutMs, signal);
      if (answer === 'stopped') return fail(problems.tooSlow);
      if (answer.isSpent === true) process.kill();
      else if (process.isLiving()) idle.rest(process);
      const { bytes, problem = problems.unavailable } = answer;
      return bytes === undefined ? fail(problem) : ok(Buffer.from(bytes, 'base64'));
    },
  };
}

/** `stopped`: by the time or the signal, and the process with it. */
async function askUntil(
  process: ImageProcess,
  wish: ImageJob,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<ImageReply | 'stopped'> {
  const ending = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]);
  if (ending.aborted) process.kill();
  ending.addEventListener('abort', process.kill, { once: true });
  const answer = await process.ask(wish);
  ending.removeEventListener('abort', process.kill);
  return ending.aborted ? 'stopped' : answer;
}

function createIdleProcesses() {
  const idle = new Map<ImageProcess, NodeJS.Timeout>();
  return {
    take(): ImageProcess | undefined {
      for (const [process, ending] of idle) {
        clearTimeout(ending);
        idle.delete(process);
        if (process.isLiving()) return process;
      }
      return undefined;
    },
    rest(process: ImageProcess): void {
      const ending = setTimeout(() => {
        idle.delete(process);
        process.kill();
      }, idleMs);
      idle.set(process, ending.unref());
    },
  };
}

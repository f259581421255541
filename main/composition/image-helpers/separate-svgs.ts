import { fail, ok } from '../../domain/result.ts';
import { isText } from '../../adapters/imaging/sharp-thumbnailer.ts';
import { problems } from '../../adapters/imaging/thumbnail-problems.ts';
import type { Thumbnailer } from '../../ports/thumbnailer.ts';
import type { ImageProcess } from './image-process.ts';
import type { ImageReply, ImageJob } from './image-protocol.ts';

export type DrawingsApartDeps = {
  /** Handles all other images. */
  readonly pictures: Thumbnailer;
  readonly begin: () => ImageProcess;
  /** Time limit for one SVG; defaults to 20 s. */
  readonly timeoutMs?: number;
  /** Memory limit of the process; defaults to 512 MiB. */
  readonly mostMemoryBytes?: number;
};

/** A process unused for this long is killed; starting one takes as long as hundreds of SVGs. */
const idleMs = 5_000;
const defaultMemoryBytes = 512 * 1024 * 1024;

/**
 * Makes thumbnails as `pictures` does, except of SVGs, whose cost no limit bounds: one of a few lines can keep the
 * library busy for hours or fill the memory, and no call can be stopped. Each gets a process to itself, which can be
 * killed.
 */
export function createDrawingsApart(deps: DrawingsApartDeps): Thumbnailer {
  const { pictures, begin, timeoutMs = 20_000, mostMemoryBytes = defaultMemoryBytes } = deps;
  const idle = createIdleProcesses();
  return {
    ...pictures,
    async make(path, boxPixels, signal) {
      if (!(await isText(path))) return pictures.make(path, boxPixels, signal);
      const process = idle.take() ?? begin();
      const reply = await runUntil(process, { kind: 'shrink', path, boxPixels, mostMemoryBytes }, timeoutMs, signal);
      if (reply === 'stopped') return fail(problems.tooSlow);
      if (reply.isSpent === true) process.kill();
      else if (process.isLiving()) idle.release(process);
      const { bytes, problem = problems.unavailable } = reply;
      return bytes === undefined ? fail(problem) : ok(Buffer.from(bytes, 'base64'));
    },
  };
}

/** Runs a job; on timeout or abort, kills the process and returns `stopped`. */
async function runUntil(
  process: ImageProcess,
  job: ImageJob,
  timeoutMs: number,
  signal: AbortSignal | undefined,
): Promise<ImageReply | 'stopped'> {
  const stopSignal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(signal === undefined ? [] : [signal])]);
  if (stopSignal.aborted) process.kill();
  stopSignal.addEventListener('abort', process.kill, { once: true });
  const reply = await process.ask(job);
  stopSignal.removeEventListener('abort', process.kill);
  return stopSignal.aborted ? 'stopped' : reply;
}

function createIdleProcesses() {
  const idle = new Map<ImageProcess, NodeJS.Timeout>();
  return {
    take(): ImageProcess | undefined {
      for (const [process, timer] of idle) {
        clearTimeout(timer);
        idle.delete(process);
        if (process.isLiving()) return process;
      }
      return undefined;
    },
    release(process: ImageProcess): void {
      const timer = setTimeout(() => {
        idle.delete(process);
        process.kill();
      }, idleMs);
      idle.set(process, timer.unref());
    },
  };
}

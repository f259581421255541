import { fail, ok } from '../../domain/result.ts';
import { problems } from '../../adapters/imaging/thumbnail-problems.ts';
import type { Thumbnailer } from '../../ports/thumbnailer.ts';
import type { RenderBase } from '../../features/sample/images/base-picture.ts';
import type { ImageProcess } from './image-process.ts';
import type { ImageReply, ImageJob } from './image-protocol.ts';

export type HelperThumbnailer = { readonly thumbnailer: Thumbnailer; readonly render: RenderBase };

export type HelperThumbnailerLimits = {
  /** Timeout far above the library's own: the process is stuck, as can happen in the library's threads. */
  readonly patienceMs: number;
  /** The process is then replaced, as the library's memory is never freed. */
  readonly picturesPerProcess: number;
  /** A process idle for this long is killed, which frees all of its memory. */
  readonly idleMs: number;
};

const defaultLimits: HelperThumbnailerLimits = { patienceMs: 120_000, picturesPerProcess: 1000, idleMs: 30_000 };

type RunJob = (job: ImageJob) => Promise<ImageReply>;

/** Processes images in a separate process, started on first use and again after it dies. */
export function createHelperThumbnailer(
  begin: () => ImageProcess,
  limits: Partial<HelperThumbnailerLimits> = {},
): HelperThumbnailer {
  const { patienceMs, ...rest } = { ...defaultLimits, ...limits };
  const runJob: RunJob = createSharedRunner(begin, (process, job) => runWithTimeout(process, job, patienceMs), rest);
  const runAlone: RunJob = async (job) => {
    const process = begin();
    const reply = await runWithTimeout(process, job, patienceMs);
    process.kill();
    return reply;
  };
  return {
    async render(order) {
      const { bytes, failed } = await runJob({ kind: 'render', order });
      if (bytes === undefined) throw new Error(failed);
      return Buffer.from(bytes, 'base64');
    },
    thumbnailer: {
      async make(path, boxPixels) {
        const job = { kind: 'shrink', path, boxPixels } as const;
        const firstReply = await runJob(job);
        // Another image may have crashed the process. The retry runs alone and harms no other.
        const { bytes, problem } = firstReply.failed === undefined ? firstReply : await runAlone(job);
        return bytes === undefined ? fail(problem ?? problems.tooSlow) : ok(Buffer.from(bytes, 'base64'));
      },
      describe: async () => (await runJob({ kind: 'describe' })).words,
    },
  };
}

async function runWithTimeout(process: ImageProcess, job: ImageJob, timeoutMs: number): Promise<ImageReply> {
  const timer = setTimeout(process.kill, timeoutMs);
  const reply = await process.ask(job);
  clearTimeout(timer);
  return reply;
}

/** Sends many concurrent jobs to one process at a time. */
function createSharedRunner(
  begin: () => ImageProcess,
  runIn: (process: ImageProcess, job: ImageJob) => Promise<ImageReply>,
  { picturesPerProcess, idleMs }: Pick<HelperThumbnailerLimits, 'picturesPerProcess' | 'idleMs'>,
): RunJob {
  let current: ImageProcess | undefined;
  let jobCount = 0;
  let idleTimer: NodeJS.Timeout | undefined;
  const acquire = (): ImageProcess => {
    if (current?.isLiving() !== true || jobCount >= picturesPerProcess) {
      if (current?.underWay() === 0) current.kill();
      current = begin();
      jobCount = 0;
    }
    jobCount += 1;
    return current;
  };
  return async (job) => {
    clearTimeout(idleTimer);
    const process = acquire();
    const reply = await runIn(process, job);
    if (process.underWay() > 0) return reply;
    if (process !== current) process.kill();
    else idleTimer = setTimeout(process.kill, idleMs).unref();
    return reply;
  };
}

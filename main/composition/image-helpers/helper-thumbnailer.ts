import { fail, ok } from '../../domain/result.ts';
import { problems } from '../../adapters/imaging/thumbnail-problems.ts';
import type { Thumbnailer } from '../../ports/thumbnailer.ts';
import type { RenderBase } from '../../features/sample/images/base-picture.ts';
import type { ImageProcess } from './image-process.ts';
import type { ImageReply, ImageJob } from './image-protocol.ts';

export type HelperThumbnailer = { readonly thumbnailer: Thumbnailer; readonly render: RenderBase };

export type HelperThumbnailerLimits = {
  /** Far beyond what the library allows itself: the process is stuck, as it may get in its own threads. */
  readonly patienceMs: number;
  /** Then another process follows, as the library's memory is never given back. */
  readonly picturesPerProcess: number;
  /** One that is not asked for so long is ended, which gives all of its memory back. */
  readonly idleMs: number;
};

const usualLimits: HelperThumbnailerLimits = { patienceMs: 120_000, picturesPerProcess: 1000, idleMs: 30_000 };

type Ask = (wish: ImageJob) => Promise<ImageReply>;

/** Pictures by a process of their own, started at the first of them and again after its death. */
export function createHelperThumbnailer(
  begin: () => ImageProcess,
  limits: Partial<HelperThumbnailerLimits> = {},
): HelperThumbnailer {
  const { patienceMs, ...rest } = { ...usualLimits, ...limits };
  const ask: Ask = createSharedAsk(begin, (process, wish) => askFor(process, wish, patienceMs), rest);
  const askAlone: Ask = async (wish) => {
    const process = begin();
    const answer = await askFor(process, wish, patienceMs);
    process.kill();
    return answer;
  };
  return {
    async render(order) {
      const { bytes, failed } = await ask({ kind: 'render', order });
      if (bytes === undefined) throw new Error(failed);
      return Buffer.from(bytes, 'base64');
    },
    thumbnailer: {
      async make(path, boxPixels) {
        const wish = { kind: 'shrink', path, boxPixels } as const;
        const first = await ask(wish);
        // Another picture may have brought the process down. The second time it is alone, and harms no other.
        const { bytes, problem } = first.failed === undefined ? first : await askAlone(wish);
        return bytes === undefined ? fail(problem ?? problems.tooSlow) : ok(Buffer.from(bytes, 'base64'));
      },
      describe: async () => (await ask({ kind: 'describe' })).words,
    },
  };
}

async function askFor(process: ImageProcess, wish: ImageJob, patienceMs: number): Promise<ImageReply> {
  const timer = setTimeout(process.kill, patienceMs);
  const answer = await process.ask(wish);
  clearTimeout(timer);
  return answer;
}

/** Asks one process after the other, many wishes at once. */
function createSharedAsk(
  begin: () => ImageProcess,
  askOf: (process: ImageProcess, wish: ImageJob) => Promise<ImageReply>,
  { picturesPerProcess, idleMs }: Pick<HelperThumbnailerLimits, 'picturesPerProcess' | 'idleMs'>,
): Ask {
  let current: ImageProcess | undefined;
  let asked = 0;
  let resting: NodeJS.Timeout | undefined;
  const take = (): ImageProcess => {
    if (current?.isLiving() !== true || asked >= picturesPerProcess) {
      if (current?.underWay() === 0) current.kill();
      current = begin();
      asked = 0;
    }
    asked += 1;
    return current;
  };
  return async (wish) => {
    clearTimeout(resting);
    const process = take();
    const answer = await askOf(process, wish);
    if (process.underWay() > 0) return answer;
    if (process !== current) process.kill();
    else resting = setTimeout(process.kill, idleMs).unref();
    return answer;
  };
}

import { Buffer } from 'node:buffer';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, ok } from '../domain/result.ts';
import type { HelperProcess, StartHelper } from '../ports/helper.ts';
import type { ThumbnailProblem, Thumbnailer } from '../ports/thumbnailer.ts';
import { isText } from '../imaging/sharp-thumbnailer.ts';
import { problems } from '../imaging/thumbnail-problems.ts';

export type DrawRequest = { readonly path: string; readonly boxPixels: number };
export type DrawAnswer = { readonly base64: string } | { readonly problem: ThumbnailProblem };

export type DrawingsApartDeps = {
  readonly pictures: Thumbnailer;
  readonly start: StartHelper;
  /** Of the helper: without secrets. */
  readonly environment: Readonly<Record<string, string>>;
  /** What one drawing may take; 20 s unless given. */
  readonly timeoutMs?: number;
};

/** A helper that is not used any more by then is ended; to start one takes as long as hundreds of drawings. */
const idleMs = 5_000;

/** Makes pictures small as `pictures` does, but for drawings, whose cost no limit bounds: those in processes that can be killed. */
export function createDrawingsApart({ pictures, start, environment, timeoutMs = 20_000 }: DrawingsApartDeps): {
  readonly thumbnailer: Thumbnailer;
  end(): void;
} {
  const idle: Drawer[] = [];
  let isOver = false;
  const make: Thumbnailer['make'] = async (path, boxPixels, signal) => {
    if (!(await isText(path))) return pictures.make(path, boxPixels, signal);
    const drawer = takeLiving(idle) ?? startDrawer(start(script, environment));
    const reply = await drawer.ask({ path, boxPixels }, timeoutMs, signal);
    if (typeof reply === 'string') {
      drawer.end();
      return fail(reply === 'ended' ? problems.unavailable : problems.tooSlow);
    }
    if (isOver) drawer.end();
    else {
      idle.push(drawer);
      drawer.rest(() => idle.splice(idle.indexOf(drawer), 1));
    }
    return 'problem' in reply ? fail(reply.problem) : ok(Buffer.from(reply.base64, 'base64'));
  };
  return {
    thumbnailer: { ...pictures, make },
    /** Ends those that rest; whoever still waits for a drawing ends it by the signal. */
    end() {
      isOver = true;
      for (const drawer of idle.splice(0)) drawer.end();
    },
  };
}

const script = fileURLToPath(new URL(`./draw-helper${extname(import.meta.url)}`, import.meta.url));

/** One that died while nobody asked it is let go. */
function takeLiving(idle: Drawer[]): Drawer | undefined {
  for (let drawer = idle.pop(); drawer !== undefined; drawer = idle.pop()) if (drawer.isLiving()) return drawer;
  return undefined;
}

type Reply = DrawAnswer | 'ended' | 'stopped';

type Drawer = {
  isLiving(): boolean;
  ask(request: DrawRequest, timeoutMs: number, signal: AbortSignal | undefined): Promise<Reply>;
  /** Ends it after a while, unless it is asked again before. */
  rest(ending: () => void): void;
  end(): void;
};

function startDrawer(helper: HelperProcess): Drawer {
  let settle: ((reply: Reply) => void) | undefined;
  let hasEnded = false;
  let resting: NodeJS.Timeout | undefined;
  helper.answered((line) => settle?.(JSON.parse(line) as DrawAnswer));
  helper.ended(() => {
    hasEnded = true;
    settle?.('ended');
  });
  return {
    isLiving: () => !hasEnded,
    ask(request, timeoutMs, signal) {
      clearTimeout(resting);
      if (hasEnded) return Promise.resolve('ended');
      if (signal?.aborted === true) return Promise.resolve('stopped');
      return new Promise((resolve) => {
        const stop = (): void => settle?.('stopped');
        const timer = setTimeout(stop, timeoutMs);
        signal?.addEventListener('abort', stop, { once: true });
        settle = (reply) => {
          settle = undefined;
          clearTimeout(timer);
          signal?.removeEventListener('abort', stop);
          resolve(reply);
        };
        helper.send(JSON.stringify(request));
      });
    },
    rest(ending) {
      resting = setTimeout(() => {
        ending();
        helper.kill();
      }, idleMs);
      resting.unref();
    },
    end: () => helper.kill(),
  };
}

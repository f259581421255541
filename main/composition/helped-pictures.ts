import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fail, ok } from '../domain/result.ts';
import type { HelperProcess, StartHelper } from '../ports/helper.ts';
import type { ThumbnailProblem, Thumbnailer } from '../ports/thumbnailer.ts';
import type { RenderBase } from '../sample/pictures/base-picture.ts';
import type { PictureAnswer, PictureWish } from './picture-protocol.ts';

export type HelpedPictures = {
  readonly thumbnailer: Thumbnailer;
  readonly render: RenderBase;
  /** Ends the helper; what it was asked for fails. */
  end(): void;
};

/** Far beyond what the library allows itself: the helper is stuck, as it may get in its own threads. */
const longestMs = 60_000;

const gaveUp: ThumbnailProblem = {
  code: 'too-slow',
  message: 'No small picture could be made of this file. It can be downloaded.',
};

/** Pictures by a process of its own, started at the first of them and again after its death. */
export function createHelpedPictures(start: StartHelper, patienceMs = longestMs): HelpedPictures {
  const helper = createHelper(start, patienceMs);
  return {
    end: helper.end,
    async render(order) {
      const { bytes, failed } = await helper.ask({ kind: 'render', order });
      if (bytes === undefined) throw new Error(failed);
      return Buffer.from(bytes, 'base64');
    },
    thumbnailer: {
      async make(path, boxPixels) {
        const wish = { kind: 'shrink', path, boxPixels } as const;
        const first = await helper.ask(wish);
        // Another picture may have brought the helper down: this one gets a second chance.
        const { bytes, problem } = first.failed === undefined ? first : await helper.ask(wish);
        return bytes === undefined ? fail(problem ?? gaveUp) : ok(Buffer.from(bytes, 'base64'));
      },
      describe: async () => (await helper.ask({ kind: 'describe' })).words,
    },
  };
}

type Asked = (answer: PictureAnswer) => void;

function createHelper(start: StartHelper, patienceMs: number) {
  const script = fileURLToPath(new URL(`./picture-helper${extname(import.meta.url)}`, import.meta.url));
  const asked = new Map<number, Asked>();
  let running: HelperProcess | undefined;
  let lastId = 0;
  let isOver = false;

  /** Whoever waits for a helper that is gone is told so, and the next wish starts another. */
  function drop(helper: HelperProcess): void {
    helper.kill();
    if (running !== helper) return;
    running = undefined;
    for (const [id, settle] of [...asked]) settle({ id, failed: 'The process that makes pictures ended.' });
  }

  function begin(): HelperProcess {
    const helper = start(script, {});
    helper.answered((line) => {
      const answer = JSON.parse(line) as PictureAnswer;
      asked.get(answer.id)?.(answer);
    });
    helper.ended(() => drop(helper));
    return helper;
  }

  function ask(wish: PictureWish): Promise<PictureAnswer> {
    const id = (lastId += 1);
    if (isOver) return Promise.resolve({ id, failed: 'Pictures are made no more.' });
    const helper = (running ??= begin());
    return new Promise((resolve) => {
      const timer = setTimeout(() => drop(helper), patienceMs);
      asked.set(id, (answer) => {
        clearTimeout(timer);
        asked.delete(id);
        resolve(answer);
      });
      helper.send(JSON.stringify({ id, ...wish }));
    });
  }

  function end(): void {
    isOver = true;
    if (running !== undefined) drop(running);
  }

  return { ask, end };
}

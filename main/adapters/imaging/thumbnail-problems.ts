import { fileSystemCode } from '../../domain/files/system-error.ts';
import type { ThumbnailProblem } from '../../ports/thumbnailer.ts';

export const problems = {
  unavailable: {
    code: 'unavailable',
    message: 'No small pictures can be made on this machine, as the library for it (sharp) can’t be loaded.',
  },
  largeDrawing: { code: 'too-large', message: 'This drawing is too large to be shown here. It can be downloaded.' },
  hungryDrawing: {
    code: 'too-large',
    message: 'This drawing takes too much memory to be shown here. It can be downloaded.',
  },
  tooSlow: {
    code: 'too-slow',
    message: 'This picture takes too long to be made small. It can be downloaded.',
  },
  unread: (format: string) => ({
    code: 'unreadable',
    message: `No small picture can be made of the format ${format}. The file can be downloaded.`,
  }),
} as const satisfies Readonly<Record<string, ThumbnailProblem | ((text: string) => ThumbnailProblem)>>;

/** The library tells what happened by words alone. */
const meanings: readonly (readonly [words: RegExp, problem: ThumbnailProblem])[] = [
  [/pixel limit|too large|dimensions? exceed/i, large()],
  [/unsupported|no known loader|not supported|bad seek|compression format/i, unknown()],
  [/timeout/i, problems.tooSlow],
  [/input file is missing/i, { code: 'missing', message: 'The file is not there any more.' }],
];

/** What an exception of the library, or of the disk, means. */
export function problemOf(error: unknown): ThumbnailProblem {
  if (!(error instanceof Error)) throw error;
  const code = fileSystemCode(error);
  if (code !== undefined) return { code: 'missing', message: `The file can’t be read (${code}).` };
  return meanings.find(([words]) => words.test(error.message))?.[1] ?? brokenProblem();
}

export function brokenProblem(): ThumbnailProblem {
  return { code: 'damaged', message: 'This file is damaged inside, or cut off, so no picture can be made of it.' };
}

function large(): ThumbnailProblem {
  return {
    code: 'too-large',
    message: 'This picture has more than 100 million pixels, too many to be shown here. It can be downloaded.',
  };
}

function unknown(): ThumbnailProblem {
  return { code: 'unreadable', message: 'This kind of picture can’t be shown here. The file can be downloaded.' };
}

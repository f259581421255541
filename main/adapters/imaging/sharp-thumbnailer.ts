import { open, readFile } from 'node:fs/promises';
import type * as Sharp from 'sharp';
import { formatOf } from '../../domain/image-check/formats.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ThumbnailProblem, Thumbnailer } from '../../ports/thumbnailer.ts';
import { brokenProblem, problemOf, problems } from './thumbnail-problems.ts';

type Library = typeof Sharp.default;
/** Brings the library at its first use: one of native code, or one of WebAssembly. */
export type LoadSharp = () => Promise<{ readonly default: Library }>;

const mostPixels = 100_000_000;
const longestSeconds = 20;
const webpQuality = 80;
const headBytes = 64;
/** Also the limit of the XML reader below it. */
const mostMarkupBytes = 10 * 1024 * 1024;
/** What a drawing without units is measured in. */
const usualDensity = 72;
const densestDrawing = 2400;

/** Only the formats that `domain/picture-check` knows reach the library. */
export function createSharpThumbnailer(load: LoadSharp): Thumbnailer {
  let loading: Promise<Library | undefined> | undefined;
  const library = (): Promise<Library | undefined> => (loading ??= bring(load));
  return {
    async make(path, boxPixels) {
      const sharp = await library();
      if (sharp === undefined) return fail(problems.unavailable);
      try {
        const format = await formatAt(path);
        if (format === 'BMP' || format === 'ICO') return fail(problems.unread(format));
        return format === '' ? await draw(sharp, path, boxPixels) : ok(await shrink(sharp(path, limits), boxPixels));
      } catch (error) {
        return fail(problemOf(error));
      }
    },
    async describe() {
      const versions = (await library())?.versions;
      return versions === undefined ? undefined : `sharp ${versions.sharp} with libvips ${versions.vips}`;
    },
  };
}

const limits = { limitInputPixels: mostPixels, failOn: 'warning' } as const;

/** Many pictures are made at once, so each takes one thread, and none is asked for twice. */
async function bring(load: LoadSharp): Promise<Library | undefined> {
  try {
    const { default: sharp } = await load();
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  } catch {
    return undefined;
  }
}

/** As people write it; '' for text. */
async function formatAt(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return formatOf(buffer.subarray(0, bytesRead)).name;
  } finally {
    await file.close();
  }
}

/** Which of the pictures that are read here only a drawing is. */
export async function isText(path: string): Promise<boolean> {
  return (await formatAt(path).catch(() => undefined)) === '';
}

function shrink(picture: Sharp.Sharp, boxPixels: number): Promise<Buffer> {
  return picture
    .rotate()
    .resize({ width: boxPixels, height: boxPixels, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: webpQuality, effort: 2 })
    .timeout({ seconds: longestSeconds })
    .toBuffer();
}

/** A drawing is read as bytes: known by its path, it could bring in the files that lie around it. */
async function draw(sharp: Library, path: string, boxPixels: number): Promise<Result<Buffer, ThumbnailProblem>> {
  const markup = await readMarkup(path);
  if (markup === undefined) return fail(problems.largeDrawing);
  const { format, width, height } = await sharp(markup, { limitInputPixels: false }).metadata();
  if (format !== 'svg') return fail(brokenProblem());
  // Drawn at the size that is wanted, whatever size it claims to have.
  const wanted = (usualDensity * boxPixels) / Math.max(1, width, height);
  const density = Math.min(densestDrawing, Math.max(1, wanted));
  return ok(await shrink(sharp(markup, { ...limits, density }), boxPixels));
}

async function readMarkup(path: string): Promise<Buffer | undefined> {
  const file = await open(path);
  try {
    return (await file.stat()).size > mostMarkupBytes ? undefined : await readFile(file);
  } finally {
    await file.close();
  }
}

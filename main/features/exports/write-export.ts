import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { failure, type Failure } from '../../domain/failure.ts';
import type { ImageList } from '../../domain/image/image-list.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { removeAbandoned, unfinishedPath } from '../../adapters/storage/database/unfinished-file.ts';
import { exportFrame, exportImage, type ExportStyle } from './export-text.ts';

export type Written = { readonly images: number; readonly bytes: number };

/**
 * Writes beside the file and puts the whole in its place at the end. Rejects with what the disk refuses, and with the
 * signal's reason; either leaves nothing behind.
 */
export async function writeExport(
  images: ImageList,
  style: ExportStyle,
  place: string,
  signal: AbortSignal,
): Promise<Written> {
  const part = unfinishedPath(place);
  try {
    removeAbandoned(dirname(place), (name) => name === basename(place));
    const written = await writePieces(part, images, style, signal);
    await rename(part, place);
    return written;
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

async function writePieces(path: string, images: ImageList, style: ExportStyle, signal: AbortSignal): Promise<Written> {
  const frame = exportFrame(style);
  const file = await open(path, 'w');
  let count = 0;
  let bytes = 0;
  try {
    let piece = frame.start;
    const flush = async () => {
      bytes += Buffer.byteLength(piece);
      await file.writeFile(piece);
      piece = '';
    };
    for await (const some of images.pieces()) {
      signal.throwIfAborted();
      for (const image of some) {
        piece += (count === 0 ? '' : frame.between) + exportImage(image, style);
        count += 1;
      }
      if (piece.length > 1 << 20) await flush();
    }
    piece += frame.end;
    await flush();
  } finally {
    await file.close();
  }
  return { images: count, bytes };
}

/**
 * Where the file itself lies, which a link may lead to. A device or a pipe would be replaced by a file of its name, for
 * every program: whatever is no regular file is refused with `not-writable`.
 */
export async function positionOf(file: string): Promise<Result<string>> {
  try {
    const there = await stat(file);
    if (there.isFile()) return ok(await realpath(file));
    const what = there.isDirectory() ? 'a folder. Name a file in it.' : 'no file but a device or a pipe. Name a file.';
    return fail(failure('not-writable', `${file} is ${what}`));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return ok(file);
    throw error;
  }
}

/** What is the user's to correct, where the words for downloads would mislead. */
export function explainRefusal(error: unknown, file: string): Failure | undefined {
  const folder = dirname(file);
  switch (codeOf(error)) {
    case 'ENOENT':
      return failure('not-writable', `The folder ${folder} is not there. Make it first, or name another.`);
    case 'ENOTDIR':
      return failure('not-writable', `${folder} is a file, not a folder. Name another place.`);
    case 'ENOSPC':
    case 'EDQUOT':
      return failure('disk-full', `There is no space left for ${file}. Free some, then export again.`);
    default:
      return undefined;
  }
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

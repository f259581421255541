import { open, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { failure, type Failure } from '../domain/failure.ts';
import type { ImageList } from '../domain/image-list.ts';
import { fail, ok, type Result } from '../domain/result.ts';
import type { ImageTarget } from '../domain/selection.ts';
import { removeAbandoned, unfinishedPath } from '../storage/unfinished-file.ts';
import { exportFrame, exportImage, type ExportStyle } from './export-text.ts';

export type ExportDeps = {
  /** The images of a target in its order; a query with a mistake fails with `query-mistake`. */
  readonly imagesOf: (target: ImageTarget) => Promise<Result<ImageList>>;
  readonly diskFailure: (error: unknown, path: string) => Failure | undefined;
};

export type ExportService = {
  /**
   * Writes beside the file and puts the whole in its place at the end; a link stays one, and the file that it leads to
   * is written. Whatever is no regular file is refused with `not-writable`, a file that is being written with `busy`.
   */
  write(target: ImageTarget, style: ExportStyle, file: string): Promise<Result<{ images: number; bytes: number }>>;
  /** Holds which images they are, for reading in pieces, until they were read to the end or newer ones took their place. */
  open(target: ImageTarget, style: ExportStyle): Promise<Result<{ handle: number; images: number }>>;
  /** Some 1,000 images of text, from the image at `from`; `next` is null with the last piece. */
  read(handle: number, from: number): Promise<Result<{ text: string; next: number | null }>>;
};

const pieceImages = 1000;
const mostOpen = 4;

export function createExportService(deps: ExportDeps): ExportService {
  const held = new Map<number, HeldExport>();
  const writing = new Set<string>();
  let lastHandle = 0;
  return {
    async write(target, style, file) {
      if (writing.has(file)) return fail(failure('busy', `${file} is being written already. Wait until it is done.`));
      writing.add(file);
      try {
        return await writeWhole(deps, target, style, file);
      } catch (error) {
        const known = misnamed(error, file) ?? deps.diskFailure(error, file);
        if (known === undefined) throw error;
        return fail(known);
      } finally {
        writing.delete(file);
      }
    },
    async open(target, style) {
      const images = await deps.imagesOf(target);
      if (!images.ok) return images;
      held.set(++lastHandle, { images: images.value, style, begunAt: Infinity });
      const [oldest] = held.keys();
      if (held.size > mostOpen && oldest !== undefined) held.delete(oldest);
      return ok({ handle: lastHandle, images: images.value.length });
    },
    async read(handle, from) {
      const opened = held.get(handle);
      if (opened === undefined)
        return fail(failure('unknown-handle', 'This export is no longer held. Begin it again.'));
      const last = from + pieceImages >= opened.images.length;
      const text = await readPiece(opened, from);
      if (last) held.delete(handle);
      return ok({ text: text + (last ? exportFrame(opened.style).end : ''), next: last ? null : from + pieceImages });
    },
  };
}

async function writeWhole(deps: ExportDeps, target: ImageTarget, style: ExportStyle, file: string) {
  const place = await placeOf(file);
  if (!place.ok) return place;
  const images = await deps.imagesOf(target);
  if (!images.ok) return images;
  const part = unfinishedPath(place.value);
  try {
    removeAbandoned(dirname(place.value), (name) => name === basename(place.value));
    const written = await writePieces(part, images.value, style);
    await rename(part, place.value);
    return ok(written);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Where the file itself lies. A device or a pipe would be replaced by a file of its name, for every program. */
async function placeOf(file: string): Promise<Result<string>> {
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

type HeldExport = {
  readonly images: ImageList;
  readonly style: ExportStyle;
  /** Of the first piece that held an image: those before it were no more. */
  begunAt: number;
};

async function readPiece(opened: HeldExport, from: number): Promise<string> {
  const { images, style } = opened;
  const { start, between } = exportFrame(style);
  let text = from === 0 ? start : '';
  let isFirst = from <= opened.begunAt;
  for await (const piece of images.pieces(from, from + pieceImages)) {
    for (const image of piece) {
      text += (isFirst ? '' : between) + exportImage(image, style);
      isFirst = false;
      opened.begunAt = Math.min(opened.begunAt, from);
    }
  }
  return text;
}

/** A name that can't be a file's: the user's to correct, where the disk's own words would mislead. */
function misnamed(error: unknown, file: string): Failure | undefined {
  const code = codeOf(error);
  const folder = dirname(file);
  if (code === 'ENOENT')
    return failure('not-writable', `The folder ${folder} is not there. Make it first, or name another.`);
  if (code === 'ENOTDIR') return failure('not-writable', `${folder} is a file, not a folder. Name another place.`);
  return undefined;
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

async function writePieces(path: string, images: ImageList, style: ExportStyle) {
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

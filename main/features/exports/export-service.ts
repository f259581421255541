import { failure, type Failure } from '../../domain/failure.ts';
import type { ImageList } from '../../domain/image/image-list.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { ImageTarget } from '../../domain/image/selection.ts';
import { exportFrame, exportImage, type ExportStyle } from './export-text.ts';
import { explainRefusal, positionOf, writeExport, type Written } from './write-export.ts';

export type ExportDeps = {
  /** The images of a target in its order; a query with a mistake fails with `query-mistake`. */
  readonly imagesOf: (target: ImageTarget) => Promise<Result<ImageList>>;
  readonly diskFailure: (error: unknown, path: string) => Failure | undefined;
};

export type ExportService = {
  /** The whole file or none: `not-writable` for what is no regular file, `busy` for one that is being written. */
  write(target: ImageTarget, style: ExportStyle, file: string): Promise<Result<Written>>;
  /** Holds which images they are, for reading in pieces, until they were read to the end or newer ones took their place. */
  open(target: ImageTarget, style: ExportStyle): Promise<Result<{ handle: number; images: number }>>;
  /** Some 1,000 images of text, from the image at `from`; `next` is null with the last piece. */
  read(handle: number, from: number): Promise<Result<{ text: string; next: number | null }>>;
  /** Ends what is being written, which fails with `cancelled`; resolves when nothing of it is left. */
  close(): Promise<void>;
};

const pieceImages = 1000;
const mostOpen = 4;

export function createExportService(deps: ExportDeps): ExportService {
  const held = new Map<number, HeldExport>();
  const writing = new Map<string, Promise<unknown>>();
  const closing = new AbortController();
  let lastHandle = 0;
  return {
    async write(target, style, file) {
      if (writing.has(file)) return fail(failure('busy', `${file} is being written already. Wait until it is done.`));
      const written = write(deps, target, style, file, closing.signal);
      writing.set(file, written);
      try {
        return await written;
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
    async close() {
      closing.abort();
      await Promise.allSettled(writing.values());
    },
  };
}

async function write(
  deps: ExportDeps,
  target: ImageTarget,
  style: ExportStyle,
  file: string,
  signal: AbortSignal,
): Promise<Result<Written>> {
  try {
    const images = await deps.imagesOf(target);
    if (!images.ok) return images;
    const place = await positionOf(file);
    return place.ok ? ok(await writeExport(images.value, style, place.value, signal)) : place;
  } catch (error) {
    if (signal.aborted) return fail(failure('cancelled', 'It was cancelled. Nothing was written.'));
    const known = explainRefusal(error, file) ?? deps.diskFailure(error, file);
    if (known === undefined) throw error;
    return fail(known);
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

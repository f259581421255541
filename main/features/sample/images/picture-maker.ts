import { hashOf } from '../randomness.ts';
import { padImage } from '../padding/pad-picture.ts';
import { createRenderBase, type BaseOrder, type RenderBase } from './base-picture.ts';
import { tierOf, type FileFormat, type ImageFormat } from './formats.ts';
import { otherFile } from './other-files.ts';
import type { Subject } from './scenes.ts';

export type FileOrder = {
  readonly format: FileFormat;
  readonly subject: Subject;
  /** Any whole number from 0: it stands for one of the few pictures of this kind. */
  readonly variant: number;
  /** Exact; even for WebP and TIFF, and not under `smallestBytes(format)`. */
  readonly bytes: number;
  /** Makes the file unlike any other of its kind: ASCII without a hyphen, at most 60 characters. */
  readonly label: string;
};

export type ImageMaker = {
  /** The same order gives the same bytes. */
  make(order: FileOrder): Promise<Buffer>;
  /** What the cache of base pictures holds now. */
  cached(): { readonly pictures: number; readonly bytes: number };
};

export type ImageMakerSettings = {
  readonly render?: RenderBase;
  /** Base pictures beyond this are forgotten, the longest unused first. */
  readonly cacheBytes?: number;
  readonly parallelRenders?: number;
};

const mebibyte = 1_048_576;

/** Makes files of any size in no time: few pictures are drawn, each file is one of them and padding of its own. */
export function createImageMaker(settings: ImageMakerSettings = {}): ImageMaker {
  const { render = createRenderBase(), cacheBytes = 64 * mebibyte, parallelRenders = 2 } = settings;
  const inTurn = createTurns(parallelRenders);
  const ready = new Map<string, Buffer>();
  const underWay = new Map<string, Promise<Buffer>>();
  let readyBytes = 0;

  function keep(key: string, base: Buffer): void {
    ready.set(key, base);
    readyBytes += base.length;
    for (const [oldest, { length }] of ready) {
      if (readyBytes <= cacheBytes) return;
      ready.delete(oldest);
      readyBytes -= length;
    }
  }

  function draw(key: string, order: BaseOrder): Promise<Buffer> {
    const drawing = inTurn(() => render(order)).finally(() => underWay.delete(key));
    underWay.set(key, drawing);
    return drawing.then((base) => {
      if (!ready.has(key)) keep(key, base);
      return base;
    });
  }

  async function baseOf(order: BaseOrder): Promise<Buffer> {
    const key = `${order.format} ${order.subject} ${order.variant} ${order.tier}`;
    const known = ready.get(key);
    if (known === undefined) return underWay.get(key) ?? draw(key, order);
    ready.delete(key);
    ready.set(key, known);
    return known;
  }

  async function make({ format, subject, variant, bytes, label }: FileOrder): Promise<Buffer> {
    if (!isPicture(format)) return otherFile(format, bytes, label, hashOf(variant, bytes, 13));
    const base = await baseOf({ format, subject, variant: variant % variantsOf(format, subject), tier: tierOf(bytes) });
    return padImage(format, base, bytes, label);
  }

  return { make, cached: () => ({ pictures: ready.size, bytes: readyBytes }) };
}

/** How many pictures there are of a kind: what people have most of is most varied. */
function variantsOf(format: ImageFormat, subject: Subject): number {
  const most = { jpeg: 12, png: 8, webp: 3, gif: 3, svg: 6, bmp: 2, avif: 2, tiff: 2, ico: 3 }[format];
  return format === 'jpeg' && subject === 'photo' ? most + 8 : most;
}

function isPicture(format: FileFormat): format is ImageFormat {
  return format !== 'csv' && format !== 'ttf' && format !== 'mp4';
}

/** Lets so many run at once; the others wait in line. */
function createTurns(most: number): <T>(run: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (run) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    else running += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}

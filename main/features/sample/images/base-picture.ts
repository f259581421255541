import type * as Sharp from 'sharp';
import { createRandom, hashOf } from '../randomness.ts';
import { encodeBmp } from './bmp.ts';
import { imageFormats, tiers, type ImageFormat } from './formats.ts';
import { encodeIco } from './ico.ts';
import { drawSvg, subjects, type Drawing, type Subject } from './scenes.ts';

/** One of the few hundred pictures that all others are made of. */
export type BaseOrder = {
  readonly format: ImageFormat;
  readonly subject: Subject;
  readonly variant: number;
  /** Place in `tiers`. */
  readonly tier: number;
};

type Library = typeof Sharp.default;
/** Brings the library at its first use, as some hosts need another build of it than the usual one. */
export type LoadLibrary = () => Promise<{ readonly default: Library }>;
export type RenderBase = (order: BaseOrder) => Promise<Buffer>;

type Frames = readonly [Buffer, ...Buffer[]];
type Size = { readonly width: number; readonly height: number };

/** Width to height. */
const shapes = [4 / 3, 4 / 3, 3 / 2, 16 / 9, 1, 1, 3 / 4, 2 / 3] as const;
const banners = [3, 4] as const;
const frameCount = 6;
const frameDelayMs = 140;
const animatedLongSide = 240;
/** Formats whose encoders are slow, or whose files people keep small. Pixels of the longer side. */
const longSides: Partial<Readonly<Record<ImageFormat, number>>> = {
  avif: 640,
  gif: 360,
  ico: 256,
  bmp: 400,
  tiff: 640,
};

/** Draws whole pictures that fit their tier: what comes out too large is drawn again, smaller. */
export function createRenderBase(load: LoadLibrary = () => import('sharp')): RenderBase {
  return async (order) => {
    const { default: sharp } = await load();
    const ceiling = tiers[order.tier]?.ceilingBytes ?? tiers[0].ceilingBytes;
    const plan = planOf(order);
    for (let attempt = 0, scale = 1; ; attempt += 1) {
      const file = await encode(sharp, order.format, plan, { scale, attempt });
      if (file.length <= ceiling) return file;
      scale = Math.max(0.02, scale * Math.min(0.85, Math.sqrt(ceiling / file.length) * 0.93));
    }
  };
}

type Plan = { readonly drawing: Drawing; readonly animated: boolean };

function planOf({ format, subject, variant, tier }: BaseOrder): Plan {
  const kind = (subjects.indexOf(subject) * imageFormats.length + imageFormats.indexOf(format)) * tiers.length + tier;
  const seed = hashOf(variant, kind, 11);
  const random = createRandom(hashOf(variant, kind, 12));
  const mayBeBanner = subject === 'card' || subject === 'logo' || subject === 'pattern';
  const drawn = format === 'ico' ? 1 : random.pick(mayBeBanner && random.chance(0.14) ? banners : shapes);
  const shape = format === 'svg' ? Math.min(1.5, drawn) : drawn;
  const animated = (format === 'gif' && variant % 2 === 0) || (format === 'webp' && variant % 3 === 2);
  const long = Math.min(
    tiers[tier]?.longSide ?? 320,
    longSides[format] ?? Infinity,
    animated ? animatedLongSide : Infinity,
  );
  const width = Math.round(shape >= 1 ? long : long * shape);
  const height = Math.round(shape >= 1 ? long / shape : long);
  const canBeClear = subject === 'logo' && ['png', 'webp', 'svg', 'ico'].includes(format);
  const drawing = { subject, seed, width, height, phase: null, transparent: canBeClear && variant % 2 === 0 };
  return { drawing, animated };
}

type Try = { readonly scale: number; readonly attempt: number };

async function encode(
  sharp: Library,
  format: ImageFormat,
  { drawing, animated }: Plan,
  { scale, attempt }: Try,
): Promise<Buffer> {
  // An SVG does not shrink with its pixels: another one is drawn.
  if (format === 'svg') return Buffer.from(drawSvg({ ...drawing, seed: drawing.seed + attempt }));
  const size = {
    width: Math.max(8, Math.round(drawing.width * scale)),
    height: Math.max(8, Math.round(drawing.height * scale)),
  };
  if (format === 'ico') return encodeIco(await iconPictures(sharp, { ...drawing, ...size }));
  if (format === 'bmp') return encodeBmp(await rawPixels(sharp, { ...drawing, ...size }), size);
  return encodeFrames(sharp, format, { frames: framesOf({ ...drawing, ...size }, animated), size });
}

function framesOf(drawing: Drawing, animated: boolean): Frames {
  if (!animated) return [Buffer.from(drawSvg(drawing))];
  const draw = (index: number): Buffer => Buffer.from(drawSvg({ ...drawing, phase: index / frameCount }));
  return [draw(0), ...Array.from({ length: frameCount - 1 }, (_, index) => draw(index + 1))];
}

type Encoded = Exclude<ImageFormat, 'svg' | 'ico' | 'bmp'>;

function encodeFrames(
  sharp: Library,
  format: Encoded,
  { frames, size }: { readonly frames: Frames; readonly size: Size },
): Promise<Buffer> {
  const limits = { limitInputPixels: size.width * size.height * 2 };
  const input =
    frames.length > 1 ? sharp([...frames], { ...limits, join: { animated: true } }) : sharp(frames[0], limits);
  const motion = frames.length > 1 ? { delay: frames.map(() => frameDelayMs), loop: 0 } : {};
  switch (format) {
    case 'jpeg':
      return input.flatten({ background: '#fff' }).jpeg({ quality: 82 }).toBuffer();
    case 'png':
      return input.png({ compressionLevel: 5 }).toBuffer();
    case 'webp':
      return input.webp({ quality: 80, effort: 1, ...motion }).toBuffer();
    case 'gif':
      return input.gif({ effort: 1, ...motion }).toBuffer();
    case 'avif':
      return input.avif({ quality: 55, effort: 1 }).toBuffer();
    case 'tiff':
      return input.flatten({ background: '#fff' }).tiff({ compression: 'lzw', predictor: 'horizontal' }).toBuffer();
  }
}

function rawPixels(sharp: Library, drawing: Drawing): Promise<Buffer> {
  return sharp(Buffer.from(drawSvg(drawing)))
    .flatten({ background: '#fff' })
    .raw()
    .toBuffer();
}

async function iconPictures(sharp: Library, drawing: Drawing): Promise<readonly { side: number; png: Buffer }[]> {
  const sides = [drawing.width, 48, 16].filter((side, place) => place === 0 || side < drawing.width);
  return Promise.all(
    sides.map(async (side) => {
      const svg = Buffer.from(drawSvg({ ...drawing, width: side, height: side }));
      return { side, png: await sharp(svg).png({ compressionLevel: 9 }).toBuffer() };
    }),
  );
}

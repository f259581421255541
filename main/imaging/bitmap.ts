import type { LoadSharp } from './sharp-thumbnailer.ts';

/** `pixels` are BGRA, row by row. */
export type Bitmap = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/**
 * The pixels of a small picture that was made by us, to fit into a square of so many pixels; undefined where nothing
 * here reads it. What takes them needs no decoder of its own.
 */
export async function readBitmap(path: string, boxPixels: number, load: LoadSharp): Promise<Bitmap | undefined> {
  try {
    const { default: sharp } = await load();
    const { data, info } = await sharp(path)
      .resize({ width: boxPixels, height: boxPixels, fit: 'inside', withoutEnlargement: true })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, pixels: swapRedAndBlue(data) };
  } catch {
    return undefined;
  }
}

function swapRedAndBlue(rgba: Uint8Array): Uint8Array {
  const bgra = Uint8Array.from(rgba);
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    bgra[at] = rgba[at + 2] ?? 0;
    bgra[at + 2] = rgba[at] ?? 0;
  }
  return bgra;
}

/** The library as it is usually loaded, when it is first needed. */
export const loadUsualSharp: LoadSharp = () => import('sharp');

import type { NativeImage } from 'electron';
import type { Core } from '../../core.ts';
import type { ImageKey } from '../../domain/image.ts';
import { loadUsualSharp, readBitmap, type Bitmap } from '../../imaging/bitmap.ts';
import { drawTrayPicture } from './tray-picture.ts';

const boxPixels = 96;
/** A drag has begun and its picture is late: it starts without. */
const longestWaitMs = 400;
const plain = drawTrayPicture(32, [79, 109, 245]);

/** What is seen under the pointer while an image is dragged: its thumbnail, else a plain sheet. */
export function createDragPicture(
  openPicture: Core['openPicture'],
  fromBitmap: (bitmap: Bitmap) => NativeImage,
): (key: ImageKey) => Promise<NativeImage> {
  return async (key) => {
    const picture = await openPicture('thumbnail', key, AbortSignal.timeout(longestWaitMs));
    const bitmap = picture.ok ? await readBitmap(picture.value.path, boxPixels, loadUsualSharp) : undefined;
    return fromBitmap(bitmap ?? plain);
  };
}

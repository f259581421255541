import type { DragImage } from '../../../contract/commands/host.ts';
import { drawTrayIcon, type Bitmap } from './tray-icon.ts';

/** Returns the image under the pointer during a drag: the page's drawing, or a plain sheet. */
export function dragBitmap(image: DragImage | null): Bitmap {
  const pixels = Uint8Array.from(Buffer.from(image?.pixels ?? '', 'base64'));
  if (image === null || pixels.length !== image.width * image.height * 4) {
    return drawTrayIcon(32, [79, 109, 245]);
  }
  return { width: image.width, height: image.height, pixels: swapRedAndBlue(pixels) };
}

function swapRedAndBlue(rgba: Uint8Array): Uint8Array {
  return rgba.map((value, index) => {
    if (index % 4 === 0) return rgba[index + 2] ?? 0;
    return index % 4 === 2 ? (rgba[index - 2] ?? 0) : value;
  });
}

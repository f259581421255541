import type { DragImage } from '../../../contract/commands/host.ts';
import { drawTrayIcon, type Bitmap } from './tray-icon.ts';

/** What is seen under the pointer while an image is dragged: what the page drew, else a plain sheet. */
export function dragBitmap(picture: DragImage | null): Bitmap {
  const pixels = Uint8Array.from(Buffer.from(picture?.pixels ?? '', 'base64'));
  if (picture === null || pixels.length !== picture.width * picture.height * 4) {
    return drawTrayIcon(32, [79, 109, 245]);
  }
  return { width: picture.width, height: picture.height, pixels: swapRedAndBlue(pixels) };
}

function swapRedAndBlue(rgba: Uint8Array): Uint8Array {
  return rgba.map((value, at) => {
    if (at % 4 === 0) return rgba[at + 2] ?? 0;
    return at % 4 === 2 ? (rgba[at - 2] ?? 0) : value;
  });
}

export type Bitmap = { readonly width: number; readonly height: number; readonly pixels: Uint8Array };

/** Draws a sheet of three by three images for the tray: BGRA, `size` pixels wide and high. */
export function drawTrayIcon(size: number, [red, green, blue]: readonly [number, number, number]): Bitmap {
  const pixels = new Uint8Array(size * size * 4);
  const gap = Math.max(1, Math.round(size / 11));
  const edge = Math.max(1, Math.floor((size - 4 * gap) / 3));
  const left = Math.floor((size - 3 * edge - 2 * gap) / 2);
  for (let cell = 0; cell < 9; cell += 1) {
    const x0 = left + (cell % 3) * (edge + gap);
    const y0 = left + Math.floor(cell / 3) * (edge + gap);
    // The middle one is selected, so it stands out.
    const alpha = cell === 4 ? 255 : 190;
    for (let y = y0; y < y0 + edge; y += 1) {
      for (let x = x0; x < x0 + edge; x += 1) pixels.set([blue, green, red, alpha], (y * size + x) * 4);
    }
  }
  return { width: size, height: size, pixels };
}

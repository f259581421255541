const fileHeaderBytes = 14;
const infoHeaderBytes = 40;

/** A Windows bitmap of 24 bits, from rows of red, green and blue. */
export function encodeBmp(pixels: Uint8Array, { width, height }: { width: number; height: number }): Buffer {
  const pixelsAt = fileHeaderBytes + infoHeaderBytes;
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const file = Buffer.alloc(pixelsAt + rowBytes * height);
  file.write('BM', 0, 'latin1');
  file.writeUInt32LE(file.length, 2);
  file.writeUInt32LE(pixelsAt, 10);
  file.writeUInt32LE(infoHeaderBytes, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  file.writeUInt32LE(rowBytes * height, 34);
  for (let row = 0; row < height; row += 1) {
    const to = pixelsAt + (height - 1 - row) * rowBytes;
    for (let column = 0; column < width; column += 1) {
      const from = (row * width + column) * 3;
      file[to + column * 3] = pixels[from + 2] ?? 0;
      file[to + column * 3 + 1] = pixels[from + 1] ?? 0;
      file[to + column * 3 + 2] = pixels[from] ?? 0;
    }
  }
  return file;
}

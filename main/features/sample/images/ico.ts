const headerBytes = 6;
const entryBytes = 16;

/** A Windows icon that holds PNG pictures, the largest first; sides are 1 to 256 pixels. */
export function encodeIco(pictures: readonly { readonly side: number; readonly png: Uint8Array }[]): Buffer {
  const head = Buffer.alloc(headerBytes + entryBytes * pictures.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(pictures.length, 4);
  let offset = head.length;
  pictures.forEach(({ side, png }, place) => {
    const entry = headerBytes + entryBytes * place;
    head[entry] = side % 256;
    head[entry + 1] = side % 256;
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  });
  return Buffer.concat([head, ...pictures.map(({ png }) => png)]);
}

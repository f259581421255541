/** @typedef {{ side: number, png: Buffer }} Drawn a square picture, its side in pixels */

/** Apple's names of the sizes that hold PNG; those of 32, 64, 256 and 512 pixels also stand for half of that, twice as sharp. */
const appleTypes = /** @type {const} */ ([
  ['ic11', 32],
  ['ic12', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic13', 256],
  ['ic09', 512],
  ['ic14', 512],
  ['ic10', 1024],
]);

/** The sides, in pixels, that the two containers and Linux want. */
export const iconSides = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const windowsSides = [16, 24, 32, 48, 64, 128, 256];

/**
 * An .icns file.
 * @param {readonly Drawn[]} pictures
 */
export function appleIcon(pictures) {
  const parts = appleTypes.map(([type, side]) => {
    const png = pictureOf(pictures, side);
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(png.length + head.length, 4);
    return Buffer.concat([head, png]);
  });
  const body = Buffer.concat(parts);
  const head = Buffer.alloc(8);
  head.write('icns', 'latin1');
  head.writeUInt32BE(body.length + head.length, 4);
  return Buffer.concat([head, body]);
}

/**
 * An .ico file of PNG pictures.
 * @param {readonly Drawn[]} pictures
 */
export function windowsIcon(pictures) {
  const chosen = windowsSides.map((side) => ({ side, png: pictureOf(pictures, side) }));
  const head = Buffer.alloc(6 + 16 * chosen.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(chosen.length, 4);
  let offset = head.length;
  for (const [index, { side, png }] of chosen.entries()) {
    const entry = 6 + 16 * index;
    // 0 stands for 256.
    head.writeUInt8(side % 256, entry);
    head.writeUInt8(side % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...chosen.map(({ png }) => png)]);
}

/**
 * @param {readonly Drawn[]} pictures
 * @param {number} side
 */
function pictureOf(pictures, side) {
  const found = pictures.find((picture) => picture.side === side);
  if (found === undefined) throw new Error(`No icon of ${side} pixels was drawn.`);
  return found.png;
}

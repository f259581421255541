/** @typedef {{ side: number, png: Buffer }} Drawn a square image, its side in pixels */

/** Apple's types of the sizes that hold PNG; ic11, ic12, ic13 and ic14 are the 2x versions of half their side. */
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

/** The sides, in pixels, that the two containers and Linux need. */
export const iconSides = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const windowsSides = [16, 24, 32, 48, 64, 128, 256];

/**
 * Creates an .icns file.
 * @param {readonly Drawn[]} icons
 */
export function appleIcon(icons) {
  const parts = appleTypes.map(([type, side]) => {
    const png = pngOf(icons, side);
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
 * Creates an .ico file of PNG images.
 * @param {readonly Drawn[]} icons
 */
export function windowsIcon(icons) {
  const entries = windowsSides.map((side) => ({ side, png: pngOf(icons, side) }));
  const head = Buffer.alloc(6 + 16 * entries.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(entries.length, 4);
  let offset = head.length;
  for (const [index, { side, png }] of entries.entries()) {
    const entry = 6 + 16 * index;
    // 0 means 256.
    head.writeUInt8(side % 256, entry);
    head.writeUInt8(side % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(offset, entry + 12);
    offset += png.length;
  }
  return Buffer.concat([head, ...entries.map(({ png }) => png)]);
}

/**
 * @param {readonly Drawn[]} icons
 * @param {number} side
 */
function pngOf(icons, side) {
  const found = icons.find((icon) => icon.side === side);
  if (found === undefined) throw new Error(`No icon of ${side} pixels was drawn.`);
  return found.png;
}

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { appleIcon, iconSides, windowsIcon } from './icon-containers.mjs';

const source = new URL('icon.svg', import.meta.url);
/** Of the drawing at the density that sharp takes for its own size. */
const usualDensity = 72;
const drawnSide = 1024;

/**
 * Draws every icon from the one SVG: `icons/NxN.png` for Linux, `icon.icns`, `icon.ico`.
 * @param {string} folder
 */
export async function drawIcons(folder) {
  const { default: sharp } = await import('sharp');
  const svg = readFileSync(source);
  const pictures = await Promise.all(
    iconSides.map(async (side) => {
      const density = Math.max(usualDensity, (usualDensity * side) / drawnSide);
      return { side, png: await sharp(svg, { density }).resize(side, side).png({ compressionLevel: 9 }).toBuffer() };
    }),
  );
  mkdirSync(path.join(folder, 'icons'), { recursive: true });
  for (const { side, png } of pictures) writeFileSync(path.join(folder, 'icons', `${side}x${side}.png`), png);
  writeFileSync(path.join(folder, 'icon.icns'), appleIcon(pictures));
  writeFileSync(path.join(folder, 'icon.ico'), windowsIcon(pictures));
}

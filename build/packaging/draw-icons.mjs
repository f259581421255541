import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { appleIcon, iconSides, windowsIcon } from './icon-containers.mjs';

const source = new URL('icon.svg', import.meta.url);
/** The density at which sharp renders the drawing at its own size. */
const defaultDensity = 72;
const drawingSide = 1024;

/**
 * Draws every icon from the one SVG: `icons/NxN.png` for Linux, `icon.icns`, `icon.ico`.
 * @param {string} folder
 */
export async function drawIcons(folder) {
  const { default: sharp } = await import('sharp');
  const svg = readFileSync(source);
  const icons = await Promise.all(
    iconSides.map(async (side) => {
      const density = Math.max(defaultDensity, (defaultDensity * side) / drawingSide);
      return { side, png: await sharp(svg, { density }).resize(side, side).png({ compressionLevel: 9 }).toBuffer() };
    }),
  );
  mkdirSync(path.join(folder, 'icons'), { recursive: true });
  for (const { side, png } of icons) writeFileSync(path.join(folder, 'icons', `${side}x${side}.png`), png);
  writeFileSync(path.join(folder, 'icon.icns'), appleIcon(icons));
  writeFileSync(path.join(folder, 'icon.ico'), windowsIcon(icons));
}

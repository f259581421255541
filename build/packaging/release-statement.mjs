import { createHash, sign } from 'node:crypto';
import { createReadStream, globSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * Describes a release for signing: its version, and its Linux packages with length and SHA-512 (base64).
 * @param {string} folder
 * @param {string} version
 */
export async function describeRelease(folder, version) {
  const names = globSync('*.{deb,rpm,AppImage}', { cwd: folder }).sort();
  if (names.length === 0) throw new Error(`There is no deb, rpm or AppImage in ${folder}.`);
  const files = await Promise.all(
    names.map(async (name) => {
      const file = path.join(folder, name);
      const hash = createHash('sha512');
      for await (const chunk of createReadStream(file)) hash.update(chunk);
      return { name, size: statSync(file).size, sha512: hash.digest('base64') };
    }),
  );
  return `${JSON.stringify({ version, files }, undefined, 2)}\n`;
}

/**
 * @param {string} text
 * @param {import('node:crypto').KeyObject} privateKey Ed25519
 */
export function signText(text, privateKey) {
  return `${sign(null, Buffer.from(text, 'utf8'), privateKey).toString('base64')}\n`;
}

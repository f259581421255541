// node build/packaging/write-flathub.mjs FOLDER: writes the manifest for Flathub beside a release's packages, from its
// debs for both processors.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { identity, project } from './identity.mjs';
import { flathubManifest } from './linux/flathub.mjs';

const [folder = 'release'] = process.argv.slice(2);
const debs = /** @type {const} */ ([
  ['x86_64', 'amd64'],
  ['aarch64', 'arm64'],
]).map(([arch, name]) => {
  const file = `contact-sheet-${project.version}-linux-${name}.deb`;
  const sha256 = createHash('sha256')
    .update(readFileSync(path.join(folder, file)))
    .digest('hex');
  return { arch, file, sha256 };
});
writeFileSync(path.join(folder, `${identity.appId}.json`), `${JSON.stringify(flathubManifest(debs), undefined, 2)}\n`);

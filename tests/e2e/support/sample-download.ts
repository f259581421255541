import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSize } from '../../../main/domain/image/size.ts';
import { createThumbnailers } from '../../../main/composition/image-helpers/create-thumbnailers.ts';
import { createImageMaker, type ImageMaker } from '../../../main/features/sample/images/picture-maker.ts';
import { sampleImages, type FakeImage } from '../../support/fake-api/fake-image.ts';
import type { HostName } from './host.ts';

/** A search in the sample library with small images, enough of them for a pause. */
export const sampleSearch = { text: 'ext:png size:<60kb', leftOut: 664 };

/** Computes the search's result independently. */
function findImages(maker?: ImageMaker): readonly FakeImage[] {
  return sampleImages(2000, 2026, maker).filter(
    ({ path, size }) => /\.png$/iu.test(path) && (parseSize(size)?.nominalBytes ?? Infinity) < 60 * 1024,
  );
}
const images = findImages();
export const sampleCount = images.length;

const foreignContent = 'my own words, in a file of the same name';

/** Writes another file to the path of one of the images. */
export function putInTheWay(destination: string): { readonly name: string; content(): string } {
  const [, , folder = '', , segment = ''] = images[0]?.path.split('/') ?? [];
  const name = decodeURIComponent(segment);
  const file = join(destination, 'Sample library', folder, name.replace(/\.PNG$/u, '.png'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, foreignContent);
  return { name, content: () => readFileSync(file, 'utf8') };
}

export function picturesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.png'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Returns the hash of every image in the folder, sorted. */
export function hashesIn(folder: string): string[] {
  return picturesIn(folder)
    .map((file) => hashOf(readFileSync(file)))
    .toSorted();
}

/** Returns the hashes of the found images and of the conflicting file. */
export async function expectedHashes(host: HostName): Promise<string[]> {
  // On Linux, the window renders in a separate process with another build of the library.
  const usesHelper = host !== 'browser' && process.platform === 'linux';
  const thumbnailers = usesHelper ? createThumbnailers({ environment: process.env, pictureBuild: 'wasm' }) : undefined;
  const maker = createImageMaker(thumbnailers?.render === undefined ? {} : { render: thumbnailers.render });
  const imageHashes = await Promise.all(findImages(maker).map(async ({ file }) => hashOf(await file.make())));
  thumbnailers?.end();
  return [...imageHashes, hashOf(Buffer.from(foreignContent))].toSorted();
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseSize } from '../../../main/domain/image/size.ts';
import { createThumbnailers } from '../../../main/composition/image-helpers/create-thumbnailers.ts';
import { createImageMaker, type ImageMaker } from '../../../main/features/sample/images/picture-maker.ts';
import { sampleImages, type FakeImage } from '../../support/fake-api/fake-image.ts';
import type { HostName } from './host.ts';

/** A search in the sample library whose images are many enough for a pause, and small. */
export const sampleSearch = { text: 'ext:png size:<60kb', leftOut: 664 };

/** What it finds, worked out without it. */
function findImages(maker?: ImageMaker): readonly FakeImage[] {
  return sampleImages(2000, 2026, maker).filter(
    ({ path, size }) => /\.png$/iu.test(path) && (parseSize(size)?.nominalBytes ?? Infinity) < 60 * 1024,
  );
}
const images = findImages();
export const sampleCount = images.length;

const mine = 'my own words, in a file of the same name';

/** Puts another file where one of them would go. */
export function putInTheWay(destination: string): { readonly name: string; content(): string } {
  const [, , folder = '', , segment = ''] = images[0]?.path.split('/') ?? [];
  const name = decodeURIComponent(segment);
  const file = join(destination, 'Sample library', folder, name.replace(/\.PNG$/u, '.png'));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, mine);
  return { name, content: () => readFileSync(file, 'utf8') };
}

export function picturesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.png'))
    .map(({ parentPath, name }) => join(parentPath, name));
}

/** Of every picture there, in order. */
export function hashesIn(folder: string): string[] {
  return picturesIn(folder)
    .map((file) => hashOf(readFileSync(file)))
    .toSorted();
}

/** Of what was found, and of what was in its way. */
export async function expectedHashes(host: HostName): Promise<string[]> {
  // The window on Linux draws in a process of its own, by another build of the library.
  const isDrawnApart = host !== 'browser' && process.platform === 'linux';
  const apart = isDrawnApart ? createThumbnailers({ environment: process.env, pictureBuild: 'wasm' }) : undefined;
  const maker = createImageMaker(apart?.render === undefined ? {} : { render: apart.render });
  const pictures = await Promise.all(findImages(maker).map(async ({ file }) => hashOf(await file.make())));
  apart?.end();
  return [...pictures, hashOf(Buffer.from(mine))].toSorted();
}

function hashOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

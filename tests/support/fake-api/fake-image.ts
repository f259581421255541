import { parseSize } from '../../../main/domain/image/size.ts';
import { apiSizeText } from '../../../main/features/sample/file-sizes.ts';
import { mediaTypeOf } from '../../../main/features/sample/kinds.ts';
import { createSampleLibrary } from '../../../main/features/sample/library.ts';
import type { FileFormat } from '../../../main/features/sample/images/formats.ts';
import { createImageMaker, type ImageMaker } from '../../../main/features/sample/images/picture-maker.ts';
import { readFixture } from './fixtures.ts';
import { tinyPicture } from './tiny-picture.ts';

/** The file behind an image's URL. */
export type FakeFile = {
  readonly make: () => Promise<Buffer>;
  /** A strong ETag, with its quotes. */
  readonly etag: string;
  /** In ms since the epoch, whole seconds. */
  readonly modifiedMs: number;
  readonly mediaType: string;
};

export type FakeImage = {
  readonly id: number;
  /** The path and query of the URL as listed, with percent-encoding unchanged. */
  readonly path: string;
  /** The size text, such as `137 Kb`. */
  readonly size: string;
  /** Listed instead of origin and path, for an image on another host or none. */
  readonly url?: string;
  readonly file: FakeFile;
};

/** A raw record of the list that isn't an image. */
export type RawRecord = { readonly raw: unknown };
export type FakeEntry = FakeImage | RawRecord;

export function isImage(entry: FakeEntry): entry is FakeImage {
  return !('raw' in entry);
}

export const fakeUserId = '1234567';
const modifiedMs = Date.UTC(2026, 2, 14, 9, 26, 53);
const imageMaker = createImageMaker();

export function fakeFile(name: string, make: () => Promise<Buffer>, version = 1): FakeFile {
  const ext = /\.([a-z0-9]+)$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const tag = Buffer.from(name).toString('base64url').slice(-24);
  return { make, etag: `"${tag}-${version}"`, modifiedMs: modifiedMs + version * 60_000, mediaType: mediaTypeOf(ext) };
}

/** Creates a file with fixed bytes. */
export function fileOf(name: string, bytes: Uint8Array, version = 1): FakeFile {
  const content = Buffer.from(bytes);
  return fakeFile(name, () => Promise.resolve(content), version);
}

/** Creates a real image of a format with an exact size in bytes (at least 6,144; even for WebP and TIFF). */
export function drawnFile(name: string, format: FileFormat, bytes: number, version = 1): FakeFile {
  const label = `Drawn for ${Buffer.from(name).toString('hex').slice(0, 32)} as version ${version}. `;
  return fakeFile(name, () => imageMaker.make({ format, subject: 'photo', variant: version, bytes, label }), version);
}

type ImageFields = { readonly id: number; readonly segment: string; readonly file: FakeFile; readonly size: string };

/** Creates an image; `segment` is the last segment of its URL as listed, encoded or not, with a query if any. */
export function fakeImage({ id, segment, file, size }: ImageFields, folder = 'sub-3'): FakeImage {
  return { id, path: `/qp_userimages/${folder}/${fakeUserId}/${segment}`, size, file };
}

/** Creates small valid images named `image-1000001.png` by their ids, newest first. */
export function plainImages(count: number, { firstId = 1_000_001, bytes = 600 } = {}): readonly FakeImage[] {
  return Array.from({ length: count }, (_, index) => plainImage(firstId + count - 1 - index, bytes));
}

export function plainImage(id: number, bytes = 600): FakeImage {
  const name = `image-${id}.png`;
  const file = fakeFile(name, () => Promise.resolve(tinyPicture(name, bytes)));
  return fakeImage({ id, segment: name, file, size: apiSizeText(bytes) });
}

/** Creates one small valid image for each last URL segment, newest first; no two have the same bytes. */
export function namedImages(segments: readonly string[], firstId = 1_000_001): readonly FakeImage[] {
  return segments.map((segment, index) => {
    const bytes = 700 + index;
    const file = fileOf(segment.replace(/\?.*$/, ''), tinyPicture(`named ${index}`, bytes), index + 1);
    return fakeImage({ id: firstId + segments.length - 1 - index, segment, file, size: apiSizeText(bytes) });
  });
}

/** Returns the newest images of the sample library; their bytes depend on the build of the image library. */
export function sampleImages(count: number, seed = 1, maker: ImageMaker = imageMaker): readonly FakeImage[] {
  const library = createSampleLibrary({ count, seed });
  return Array.from({ length: count }, (_, position) => library.at(position))
    .filter((image) => image !== undefined)
    .map((image) => {
      const segment = encodeURIComponent(image.name);
      const file = fakeFile(image.name, () => maker.make(image.file));
      return fakeImage({ id: image.id, segment, file, size: image.sizeText }, image.folder);
    });
}

type DocumentedRecord = { readonly imageID: number; readonly imageURL: string; readonly size: string };

/** Returns the ten documented images, each with a file whose size rounds to the documented one. */
export function documentedImages(): readonly FakeImage[] {
  const page = JSON.parse(readFixture('page.json')) as { response: DocumentedRecord[] };
  return page.response.map(({ imageID, imageURL, size }) => {
    const path = new URL(imageURL).pathname;
    const name = path.slice(path.lastIndexOf('/') + 1);
    const format = name.endsWith('.png') ? 'png' : 'jpeg';
    const nominal = parseSize(size)?.nominalBytes ?? 0;
    // Within 511 bytes of it, so that it rounds to the same text.
    const bytes = nominal + ((imageID * 7919) % 1_023) - 511;
    return { id: imageID, path, size, file: drawnFile(name, format, bytes) };
  });
}

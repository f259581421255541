import { splitExtension } from '../../domain/files/names.ts';
import { apiSizeText, fileBytes } from './file-sizes.ts';
import { handPicked } from './names/hand-picked.ts';
import { createNaming, type Naming } from './names/naming.ts';
import { chooseFormat, extensionFor } from './kinds.ts';
import type { FileFormat } from './images/formats.ts';
import type { FileOrder } from './images/picture-maker.ts';
import { subjects, type Subject } from './images/scenes.ts';
import { hashOf, shareOf } from './randomness.ts';

export type SampleImage = {
  readonly id: number;
  readonly folder: string;
  /** With its extension, as the uploader's machine had it: not always in NFC. */
  readonly name: string;
  /** Lower case, without the dot; '' where the name has none. */
  readonly ext: string;
  readonly sizeText: string;
  /** Exact. */
  readonly bytes: number;
  /** When it was uploaded, in ms since the epoch. */
  readonly modifiedMs: number;
  /** What its file is made of; images that are copies of one another have the same. */
  readonly file: FileOrder;
};

export type SampleLibrary = {
  readonly count: number;
  /** Newest first, by falling id; `position` from 0. */
  at(position: number): SampleImage | undefined;
  byId(id: number): SampleImage | undefined;
  /** By the last two parts of its URL's path, decoded. */
  find(folder: string, name: string): SampleImage | undefined;
};

/** The largest library; names are unlike up to here. */
export const mostImages = 1_000_000;

const firstId = 1_000_001;
/** Ids are up to so far apart. */
const idStep = 3;
/** The last two of each block of so many uploads are copies of earlier ones of the block. */
const blockLength = 32;
const firstUpload = Date.UTC(2019, 2, 4, 9);
/** From the first upload to the millionth; they get more frequent. */
const uploadSpanMs = 7 * 365 * 86_400_000;
const folders: readonly (readonly [folder: string, upTo: number])[] = [
  ['sub-3', 0.62],
  ['sub-12', 0.88],
  ['sub-1048', 1],
];

/**
 * A library of `count` images (0 to 1,000,000), worked out from the seed whenever one is asked for: nothing is stored.
 * A longer library of the same seed is the same one with newer images on top.
 */
export function createSampleLibrary({ count, seed }: { count: number; seed: number }): SampleLibrary {
  if (!Number.isInteger(count) || count < 0 || count > mostImages) {
    throw new RangeError(`A sample library holds 0 to ${mostImages} images, not ${count}.`);
  }
  const naming = createNaming(seed);
  const imageAt = (index: number): SampleImage => describe(seed, naming, index);
  const inLibrary = (index: number): boolean => Number.isInteger(index) && index >= 0 && index < count;

  function byId(id: number): SampleImage | undefined {
    const index = Math.floor((id - firstId) / idStep);
    const image = inLibrary(index) ? imageAt(index) : undefined;
    return image?.id === id ? image : undefined;
  }

  function find(folder: string, name: string): SampleImage | undefined {
    for (const index of candidates(naming, folder, name)) {
      const image = inLibrary(index) ? imageAt(index) : undefined;
      if (image?.folder === folder && image.name === name) return image;
    }
    return undefined;
  }

  return {
    count,
    at: (position) => (inLibrary(count - 1 - position) ? imageAt(count - 1 - position) : undefined),
    byId,
    find,
  };
}

/** The few indexes that may bear the name. */
function candidates(naming: Naming, folder: string, name: string): readonly number[] {
  const picked = handPicked.findIndex((one) => one.folder === folder && one.name === name);
  if (picked >= 0) return [picked];
  const stem = name.replace(/\.[a-z0-9]{3,4}$/i, '').replace(/ \([12]\)$/, '');
  const original = naming.indexOf(stem);
  if (original === undefined) return [];
  const block = original - (original % blockLength);
  return [original, block + blockLength - 2, block + blockLength - 1];
}

/** Whose copy an upload is: its own index where it is none. */
function originalOf(seed: number, index: number): number {
  const slot = index % blockLength;
  const block = index - slot;
  if (block === 0 || slot < blockLength - 2) return index;
  const first = hashOf(seed, block, 41) % 15;
  // In a quarter of the blocks both are copies of the same one.
  const second = hashOf(seed, block, 42) % 4 === 0 ? first : 15 + (hashOf(seed, block, 43) % 15);
  return block + (slot === blockLength - 2 ? first : second);
}

function copyMark(seed: number, index: number, original: number): string {
  if (original === index) return '';
  return index % blockLength === blockLength - 1 && originalOf(seed, index - 1) === original ? ' (2)' : ' (1)';
}

type Kind = { readonly format: FileFormat; readonly subject: Subject };

function describe(seed: number, naming: Naming, index: number): SampleImage {
  const original = originalOf(seed, index);
  const picked = handPicked[original];
  const { format, subject } = picked ?? kindOf(seed, naming, original);
  const extension = extensionFor(seed, original, format);
  const name = picked?.name ?? `${naming.stemOf(original)}${copyMark(seed, index, original)}.${extension}`;
  const bytes = fileBytes(seed, original, format);
  return {
    id: firstId + index * idStep + (hashOf(seed, index, 44) % idStep),
    folder: picked?.folder ?? folderOf(seed, original),
    name,
    ext: splitExtension(name).ext.toLowerCase(),
    sizeText: apiSizeText(bytes),
    bytes,
    modifiedMs: uploadTime(index),
    file: {
      format,
      subject,
      variant: variantOf(seed, original),
      bytes,
      label: `Sample image ${original} of library ${seed >>> 0}. `,
    },
  };
}

function kindOf(seed: number, naming: Naming, index: number): Kind {
  const subject = naming.styleOf(index).subject ?? subjects[hashOf(seed, index, 45) % subjects.length] ?? 'photo';
  return { format: chooseFormat(shareOf(seed, index, 46), subject), subject };
}

function folderOf(seed: number, index: number): string {
  const share = shareOf(seed, index, 47);
  return folders.find(([, upTo]) => share < upTo)?.[0] ?? 'sub-3';
}

function variantOf(seed: number, index: number): number {
  return hashOf(seed, index, 48);
}

function uploadTime(index: number): number {
  return Math.floor((firstUpload + uploadSpanMs * Math.sqrt(index / mostImages)) / 1000) * 1000;
}

import type { CatalogueImage } from '../image/image.ts';
import { compareText, naturalKey } from '../text/natural-order.ts';
import type { Sort, SortKey } from './query-tree.ts';

/** What an image sorts by: a number, or a text by its natural order and then by its code units; null is unknown. */
type Entry = {
  readonly image: CatalogueImage;
  readonly key: number | string | null;
  readonly text: string;
};

/** Exact bytes, else what the API's text says; null where neither is known. */
export function comparableBytes(image: CatalogueImage): number | null {
  return image.exactBytes ?? image.nominalBytes;
}

/** What an image sorts by, as people know it; null is unknown. */
export function sortValue(image: CatalogueImage, key: SortKey): number | string | null {
  if (key === 'size') return comparableBytes(image);
  return key === 'seen' ? image.firstSeen : image[key];
}

/** A new list in order. Each key is made once, so it is fit for a million names. */
export function orderImages(images: readonly CatalogueImage[], sort: Sort): CatalogueImage[] {
  return images
    .map((image) => entryOf(image, sort.key))
    .sort((a, b) => compareEntries(a, b, sort.descending))
    .map((entry) => entry.image);
}

/** For a few images: makes the keys anew for each comparison. 0 only for the same image. */
export function compileOrder(sort: Sort): (a: CatalogueImage, b: CatalogueImage) => number {
  return (a, b) => compareEntries(entryOf(a, sort.key), entryOf(b, sort.key), sort.descending);
}

/** Unknown last in both directions; ties by falling id, then by account. */
function compareEntries(a: Entry, b: Entry, descending: boolean): number {
  if (a.key === null || b.key === null) {
    return Number(a.key === null) - Number(b.key === null) || compareIdentity(a.image, b.image);
  }
  const rising = (a.key < b.key ? -1 : a.key > b.key ? 1 : 0) || compareText(a.text, b.text);
  return (descending ? -rising : rising) || compareIdentity(a.image, b.image);
}

function compareIdentity(a: CatalogueImage, b: CatalogueImage): number {
  return b.id - a.id || a.accountId - b.accountId;
}

function entryOf(image: CatalogueImage, key: SortKey): Entry {
  switch (key) {
    case 'size':
      return { image, key: comparableBytes(image), text: '' };
    case 'seen':
      return { image, key: image.firstSeen, text: '' };
    case 'id':
    case 'width':
      return { image, key: image[key], text: '' };
    case 'name':
    case 'ext':
    case 'folder':
      return { image, key: naturalKey(image[key]), text: image[key] };
  }
}

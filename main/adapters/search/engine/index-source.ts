import type { ImageKey } from '../../../domain/image/image.ts';
import type { IndexedImage } from '../table/image-table.ts';

/** What holds for many images at once. */
export type CatalogueContext = {
  /** Names by id, of every account whose images are searched. */
  readonly accountNames: ReadonlyMap<number, string>;
  /** The syncs whose first sightings are new. */
  readonly newestSyncs: ReadonlySet<number>;
};

/** Where an index has its images from. */
export type IndexSource = {
  context(): CatalogueContext;
  /** How many images there are, more or less. */
  estimate(): number;
  /** Gives every image once; what changes from then on is told by `changes`. */
  load(take: (image: IndexedImage) => void): void;
  /** Those that may have changed since this was asked last, as they are now; `too-many` where they can't be told. */
  changes(): readonly ChangedImage[] | 'too-many';
  /** Whether context or images may be others since they were asked for. */
  isChanged(): boolean;
};

/** Undefined: it is no more. */
export type ChangedImage = { readonly key: ImageKey; readonly image: IndexedImage | undefined };

import type { ConflictPolicy } from '../transfer/batch.ts';
import type { CatalogueImage } from '../image/image.ts';
import type { ByteSpan } from '../image/size.ts';
import type { TemplateImage } from '../template/render.ts';
import type { Template } from '../template/tree.ts';

/** What will happen to an image, and why; each image has one. The words are said beside each. */
export const planReasons = [
  /** Fetched for the first time. */
  'new',
  /** Saved before, but the file is no longer there: fetched again. */
  'missing',
  /** Saved before, and its URL or size text changed since: fetched again. */
  'changed',
  /** It could not be fetched the last time: tried again. */
  'failed-before',
  /** The API no longer lists it: still tried. */
  'gone',
  /** A file of that name is there: fetched and compared; the same is skipped, another kept at `besidePath`. */
  'compared',
  /** A file of that name is there, and gives way. */
  'overwritten',
  /** The name is taken on disk: kept beside, with a number. */
  'kept-beside',
  /** Another image of this plan has the name, or a folder of its name: kept beside, with a number. */
  'same-name',
  /** Not every system would take the name: changed. */
  'portable-name',
  /** Saved before, and the file still stands as it was written: skipped without a request. */
  'saved',
  /** A file of that name is there: skipped without a request. */
  'exists',
  /** Its extension is no picture's: left out. */
  'other-file',
] as const;
export type PlanReason = (typeof planReasons)[number];

/** What else is true of an image, whatever its reason. `duplicate`: likely the same as one before it, or so catalogued. */
export const planNotes = ['duplicate', 'gone', 'failed-before', 'portable-name'] as const;
export type PlanNote = (typeof planNotes)[number];

/** `rename` fetches too, to another path than the template gives. */
export type PlanAction = 'fetch' | 'skip' | 'rename';

export type PlanItem = {
  readonly accountId: number;
  readonly id: number;
  /** The image's own. */
  readonly name: string;
  /** Under the destination, with `/`; no other item has it. Null for what is left out. */
  readonly relativePath: string | null;
  /** Where `relativePath` is a file that is there, and the fetched one differs: kept here; else null. */
  readonly besidePath: string | null;
  readonly action: PlanAction;
  readonly reason: PlanReason;
  readonly notes: readonly PlanNote[];
  /** Of the whole image; null where nothing is known. */
  readonly expectedBytes: ByteSpan | null;
};

/** Items in the order of the images, made as they are asked for. */
export type PlanItems = {
  readonly length: number;
  /** From 0 to `length` - 1. */
  at(index: number): PlanItem;
  reasonOf(index: number): PlanReason;
};

export type Plan = {
  readonly items: PlanItems;
  /** How many of the items are fetched, under whatever name. */
  readonly files: number;
  /** Of what is fetched; `unknown` files are in neither end. */
  readonly bytes: ByteSpan & { readonly unknown: number };
  readonly totals: Readonly<Record<PlanReason, number>>;
  readonly notes: Readonly<Record<PlanNote, number>>;
};

/** `other` (a link, a device) is never compared with, written to or entered. */
export type DiskEntry = { readonly name: string; readonly kind: 'file' | 'folder' | 'other' };

/** What stands in one folder of the destination, by collision key. */
export type DiskListing = {
  add(entry: DiskEntry): void;
  /** Those that some system takes for this key, by name. */
  find(key: string): readonly DiskEntry[];
};

/** A file that was once saved of an image in this destination. */
export type RecordedFile = {
  /** With `/`. */
  readonly relativePath: string;
  /** Its length and hash are as they were written. */
  readonly stillStands: boolean;
  /** The image's URL or size text is another than when this file was saved. */
  readonly urlOrSizeChanged: boolean;
};

export type PlanImage = TemplateImage &
  Pick<CatalogueImage, 'accountId' | 'exactBytes' | 'sha256' | 'gone' | 'duplicate'>;

export type PlanOrder = {
  readonly template: Template;
  readonly policy: ConflictPolicy;
  /** Also what has an extension that is no picture's. */
  readonly includeOther: boolean;
};

/** What is known of the images beside the catalogue. */
export type PlanHistory = {
  /** Newest first. */
  recorded(image: PlanImage): readonly RecordedFile[];
  failedBefore(image: PlanImage): boolean;
};

/**
 * Work in steps of a few microseconds, so that a million images leave others their turn. A step may ask for a folder of
 * the destination by its path under it ('' for itself, else `a/b`), and is answered with what stands there.
 */
export type PlanSteps<T> = Generator<string | undefined, T, DiskListing | undefined>;

/** One record as the API lists it. `id` is a safe integer; `url` and `sizeText` are verbatim. */
export type ListedImage = {
  readonly id: number;
  readonly url: string;
  readonly sizeText: string;
};

/** What an image is called, from its URL alone (names.ts). `name` is decoded, in NFC, with its extension. */
export type ImageNaming = {
  readonly name: string;
  /** Lower case, without the dot; '' where the name has none. */
  readonly ext: string;
  /** The URL's `sub-N`, or ''. */
  readonly folder: string;
  readonly host: string;
};

/** What was learned from an image's bytes; null where they were not seen yet. */
export type Measured = {
  readonly exactBytes: number | null;
  readonly sha256: string | null;
  /** Pixels. */
  readonly width: number | null;
  readonly height: number | null;
  /** The format that the bytes have, whatever the name says: 'png', 'jpeg', 'gif', 'webp', 'svg', 'bmp', 'ico', 'avif', 'tiff'. */
  readonly type: string | null;
  readonly animated: boolean | null;
};

/** One image of the catalogue with all that is known of it: what queries are evaluated on. Times are ms since the epoch. */
export type CatalogueImage = ListedImage &
  ImageNaming &
  Measured & {
    readonly accountId: number;
    /** The account's name. */
    readonly account: string;
    /** From `sizeText` (size.ts), 1 KB = 1024; null where it does not parse. */
    readonly nominalBytes: number | null;
    readonly firstSeen: number;
    readonly lastSeen: number;
    readonly gone: boolean;
    readonly isNew: boolean;
    readonly isChanged: boolean;
    /** Its last fetch failed for good. */
    readonly broken: boolean;
    /** The newest verified path of a saved copy. */
    readonly savedPath: string | null;
    readonly duplicate: boolean;
    readonly tags: readonly string[];
    readonly rating: number | null;
  };

/** Identifies an image for ever. */
export type ImageKey = { readonly accountId: number; readonly id: number };

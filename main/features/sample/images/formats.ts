/** Every format that the sample library's pictures come in. */
export const imageFormats = ['jpeg', 'png', 'webp', 'gif', 'svg', 'bmp', 'avif', 'tiff', 'ico'] as const;

export type ImageFormat = (typeof imageFormats)[number];

/** Files that a library also holds, and that are no pictures. */
export const otherFormats = ['csv', 'ttf', 'mp4'] as const;

export type OtherFormat = (typeof otherFormats)[number];

export type FileFormat = ImageFormat | OtherFormat;

const kib = 1024;

/** Files of at least `fromBytes` are built on a base picture of at most `ceilingBytes`; the rest of them is padding. */
export type Tier = {
  readonly fromBytes: number;
  readonly ceilingBytes: number;
  /** Pixels of the longer side, before a picture is made to fit. */
  readonly longSide: number;
};

export const tiers: readonly [Tier, ...Tier[]] = [
  { fromBytes: 6 * kib, ceilingBytes: 5.6 * kib, longSide: 320 },
  { fromBytes: 24 * kib, ceilingBytes: 23 * kib, longSide: 800 },
  { fromBytes: 96 * kib, ceilingBytes: 94 * kib, longSide: 1200 },
  { fromBytes: 400 * kib, ceilingBytes: 380 * kib, longSide: 1600 },
];

/** The tier that a file of so many bytes is built on, by its place in `tiers`. */
export function tierOf(bytes: number): number {
  const tier = tiers.findLastIndex(({ fromBytes }) => bytes >= fromBytes);
  return Math.max(0, tier);
}

/** The smallest file that can be made in a format, in bytes: BMP is not compressed, and an SVG can't be drawn smaller. */
export function smallestBytes(format: FileFormat): number {
  if (format === 'bmp') return tiers[3]?.fromBytes ?? 0;
  return format === 'svg' ? (tiers[1]?.fromBytes ?? 0) : tiers[0].fromBytes;
}

/** RIFF pads its chunks to even lengths, and a TIFF's directory begins on a word: such files have an even length. */
export function isEvenFormat(format: FileFormat): boolean {
  return format === 'webp' || format === 'tiff';
}

import fc from 'fast-check';
import type { CatalogueImage } from '../../main/domain/image/image.ts';
import { keyText } from '../../main/domain/image/selection.ts';
import { createIndexEngine, type IndexEngine } from '../../main/adapters/search/engine/index-engine.ts';
import type { IndexedImage } from '../../main/adapters/search/table/image-table.ts';
import type { ChangedImage, IndexSource } from '../../main/adapters/search/engine/index-source.ts';
import { createPlainEngine, type PlainEngine } from './plain-engine.ts';
import { arbitraryImage } from './query-arbitraries.ts';
import { exampleNow } from './query-library.ts';

/** A catalogue in memory, with both the plain engine and the index over it. */
export type SearchWorld = {
  readonly plain: PlainEngine;
  readonly index: IndexEngine;
  readonly images: () => readonly CatalogueImage[];
  put(images: readonly CatalogueImage[]): void;
  remove(images: readonly CatalogueImage[]): void;
  eraseAccount(accountId: number): void;
  /** Forces the index to reload on the next query. */
  overflow(): void;
};

/** Parts of names in various scripts, in forms that fold to others, and with characters from pasting and from macOS. */
export const oddParts: readonly string[] = [
  ...['がん', 'か\u3099ん', 'かん', 'バナー', 'ﾊﾞﾅｰ', 'ハナー', 'ปู', 'น้ำ', 'ป', 'किताब', 'कि', 'क', 'क़', 'ភាសា', 'བོད'],
  ...['שָׁלוֹם', 'שלום', 'مُحَمَّد', 'محمد', 'ـمـ', 'май', 'маи', 'и\u0306', 'ёж', 'Їжак', '\u1112\u1161\u11ab', 'ㅎㅏ'],
  ...[
    '２０２６年',
    '（１）',
    'ﬁnal',
    '㎏',
    'm²',
    '①',
    '½',
    '™',
    'ẞ',
    'ΟΔΟΣ',
    'ı',
    'Å',
    'ﷺ',
    '¨',
    '´',
    'Levi’s',
    '“a”',
    '«',
  ],
  ...[
    'Screenshot 2026-11-30 at 4.42.48\u202fPM',
    'a – b',
    '—',
    '−',
    '…',
    '〜',
    '\u00a0',
    '\u3000',
    '  ',
    '\t',
    '\u2028',
  ],
  ...[
    'so\u00adft',
    '\u200b',
    '\u200d',
    '\u200c',
    '\u202e',
    '\ufeff',
    '\ufe0f',
    '👩\u200d💻',
    '≠',
    '=\u0338',
    '`',
    '\u0301',
  ],
];

const names = fc
  .array(
    fc.oneof(
      fc.constantFrom('IMG_', 'img_', 'DSC', 'photo', 'logo', 'banner', ' ', '-', '.', '.jpg', '.PNG', '(1)', 'copy'),
      fc.constantFrom('é', 'e\u0301', 'ß', 'Ł', 'İ', '日本', '😀', '\ud7ff', '\uff01', '\ufffd', '\u0000', '한글'),
      fc.constantFrom(...oddParts),
      fc.integer({ min: 0, max: 12_000 }).map(String),
      fc.constantFrom('0', '00', '007', '10', '9', '12345678901234567890'),
    ),
    { minLength: 1, maxLength: 6 },
  )
  .chain((parts) => fc.constantFrom('NFC', 'NFC', 'NFC', 'NFD').map((form) => parts.join('').normalize(form)));

const manyValued = fc
  .record({
    image: arbitraryImage,
    name: names,
    id: fc.integer({ min: 1, max: 100_000 }),
    isOdd: fc.boolean(),
    ext: fc.constantFrom('', 'png', 'jpg', 'csv', 'x2', 'x10'),
  })
  .map(({ image, name, id, isOdd, ext }): CatalogueImage => (isOdd ? { ...image, name, id, ext } : { ...image, id }));

/** Returns images with mostly distinct keys, some with odd names. */
export function someImages(count: number, seed: number): CatalogueImage[] {
  return fc.sample(manyValued, { numRuns: count, seed });
}

export function createWorld(
  initial: readonly CatalogueImage[],
  limits: { readonly elapsedMs?: () => number } = {},
): SearchWorld {
  const images = new Map(initial.map((image) => [keyText(image), image]));
  let changed: Map<string, ChangedImage> | 'too-many' = new Map();
  let revision = 0;
  let loadedRevision = 0;
  const touch = (image: CatalogueImage, isPresent: boolean): void => {
    revision += 1;
    const { accountId, id } = image;
    if (isPresent) images.set(keyText(image), image);
    else images.delete(keyText(image));
    if (changed !== 'too-many') {
      changed.set(keyText(image), { key: { accountId, id }, image: isPresent ? toIndexed(image) : undefined });
    }
  };
  const accountNames = () => new Map([...images.values()].map(({ accountId, account }) => [accountId, account]));
  const source: IndexSource = {
    context: () => ({ accountNames: accountNames(), newestSyncs: new Set([2]) }),
    estimate: () => images.size,
    load(take) {
      loadedRevision = revision;
      changed = new Map();
      for (const image of images.values()) take(toIndexed(image));
    },
    changes() {
      loadedRevision = revision;
      const result = changed === 'too-many' ? changed : [...changed.values()];
      changed = new Map();
      return result;
    },
    isChanged: () => loadedRevision !== revision,
  };
  const now = () => exampleNow;
  return {
    plain: createPlainEngine({ all: () => images.values(), revision: () => String(revision), now }),
    index: createIndexEngine({ source, now, restore: () => undefined, elapsedMs: () => performance.now(), ...limits }),
    images: () => [...images.values()],
    put: (put) => put.forEach((image) => touch(image, true)),
    remove: (removed) => removed.forEach((image) => touch(image, false)),
    eraseAccount(accountId) {
      revision += 1;
      for (const image of images.values()) if (image.accountId === accountId) images.delete(keyText(image));
      if (changed === 'too-many') return;
      for (const [name, { key }] of changed)
        if (key.accountId === accountId) changed.set(name, { key, image: undefined });
    },
    overflow() {
      revision += 1;
      changed = 'too-many';
    },
  };
}

export function toIndexed(image: CatalogueImage): IndexedImage {
  const { isNew, savedPath, ...known } = image;
  return { ...known, firstSync: isNew ? 2 : 1, saved: savedPath !== null };
}

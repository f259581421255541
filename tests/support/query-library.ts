import type { CatalogueImage } from '../../main/domain/image/image.ts';
import { catalogueImage } from './catalogue-images.ts';

/** The current time in the examples: noon of 24 November 2026, in local time like all their times. */
export const exampleNow = local(24, 12);

function local(day: number, hour = 12, minute = 0, month = 11, year = 2026): number {
  return new Date(year, month - 1, day, hour, minute).getTime();
}

const panel = { accountId: 2, account: 'Panel Über', host: 'eu.questionpro.com', folder: 'sub-12' };

/** Twelve images by their names in the examples; `cafe` and `panel` have the same id in two accounts. */
const library: Readonly<Record<string, CatalogueImage>> = {
  sale: catalogueImage({
    id: 1_000_010,
    name: 'Summer Sale Banner.PNG',
    sizeText: '137 Kb',
    firstSeen: local(24, 10),
    isNew: true,
  }),
  logo: catalogueImage({
    id: 1_000_009,
    name: 'logo.png',
    sizeText: '1 Mb',
    exactBytes: 1_100_000,
    sha256: 'a'.repeat(64),
    width: 2000,
    height: 1500,
    type: 'png',
    animated: false,
    firstSeen: local(17, 12),
    savedPath: '/pictures/logo.png',
    tags: ['hero', 'Große Marke'],
    rating: 5,
  }),
  copy: catalogueImage({
    id: 1_000_008,
    name: 'logo-draft (1).jpg',
    sizeText: '1 Mb',
    firstSeen: local(17, 11, 59),
    duplicate: true,
    rating: 3,
  }),
  img2: catalogueImage({ id: 1_000_007, name: 'img2.jpg', sizeText: '500 Kb', firstSeen: local(10) }),
  img10: catalogueImage({
    id: 1_000_006,
    name: 'img10.jpg',
    sizeText: '500 KB',
    exactBytes: 512_001,
    width: 999,
    height: 150,
    type: 'jpeg',
    animated: false,
    firstSeen: local(9),
  }),
  cafe: catalogueImage({
    id: 1_000_005,
    name: 'Café Köln.gif',
    sizeText: '100 kb',
    exactBytes: 102_400,
    width: 1001,
    height: 200,
    type: 'gif',
    animated: true,
    firstSeen: local(1, 23, 59),
    tags: ['draft'],
  }),
  panel: catalogueImage({
    ...panel,
    id: 1_000_005,
    name: 'Banner OR what.png',
    sizeText: '1.2 MB',
    firstSeen: local(2, 0),
  }),
  strasse: catalogueImage({
    ...panel,
    id: 1_000_004,
    name: 'Straße_ŁÓDŹ.webp',
    sizeText: '1,5 MB',
    type: 'webp',
    firstSeen: local(31, 12, 0, 10),
    isChanged: true,
  }),
  csv: catalogueImage({ id: 1_000_003, name: 'data*set.csv', sizeText: '18 Kb', firstSeen: local(1, 0, 0, 3) }),
  q12: catalogueImage({
    id: 1_000_002,
    name: 'q12 "final".svg',
    sizeText: 'n/a',
    broken: true,
    firstSeen: local(30, 12, 0, 6, 2025),
  }),
  bare: catalogueImage({
    id: 1_000_001,
    name: 'noextension',
    sizeText: '',
    folder: '',
    firstSeen: local(30, 12, 0, 6, 2025),
  }),
  old: catalogueImage({
    id: 1_000_000,
    name: 'old logo.jpg',
    sizeText: '2 MB',
    gone: true,
    firstSeen: local(1, 12, 0, 1, 2024),
    tags: ['hero'],
  }),
};

/** The images in an order that no query returns. */
export const exampleImages: readonly CatalogueImage[] = [
  'q12',
  'panel',
  'img10',
  'old',
  'cafe',
  'csv',
  'sale',
  'strasse',
  'img2',
  'bare',
  'logo',
  'copy',
].map(imageNamed);

function imageNamed(key: string): CatalogueImage {
  const image = library[key];
  if (!image) throw new Error(`No image "${key}" in the library of the query examples.`);
  return image;
}

/** Returns the names of the images, separated by spaces. */
export function namesOf(images: readonly CatalogueImage[]): string {
  const keys = new Map(Object.entries(library).map(([key, image]) => [image, key]));
  return images.map((image) => keys.get(image) ?? '?').join(' ');
}

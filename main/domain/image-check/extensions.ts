import type { ImageType } from './verdict.ts';

const extensions: Readonly<Record<ImageType, readonly string[]>> = {
  png: ['png', 'apng'],
  jpeg: ['jpg', 'jpeg', 'jpe', 'jfif', 'pjpeg', 'pjp'],
  gif: ['gif'],
  webp: ['webp'],
  svg: ['svg'],
  bmp: ['bmp', 'dib'],
  ico: ['ico', 'cur'],
  avif: ['avif', 'avifs'],
  heic: ['heic', 'heif', 'hif', 'heics', 'heifs'],
  tiff: ['tif', 'tiff'],
};

/** Whether a file of this type may be called so; `ext` in lower case without the dot. No extension contradicts nothing. */
export function typeMatchesExtension(type: ImageType, ext: string): boolean {
  return ext === '' || extensions[type].includes(ext);
}

/** The names of formats in the catalogue. */
export const imageTypes = Object.keys(extensions) as ImageType[];
const typesByExtension: ReadonlyMap<string, ImageType> = new Map(
  imageTypes.flatMap((type) => extensions[type].map((ext) => [ext, type] as const)),
);

/** Whether an extension says something else than the type that was measured; none says nothing. */
export function extensionDiffers(type: string, ext: string): boolean {
  return ext !== '' && typesByExtension.get(ext) !== type;
}

/** Whether an extension, in lower case without its dot, is one that pictures have. */
export function isImageExtension(ext: string): boolean {
  return typesByExtension.has(ext);
}

/** Whether the extension is one, and no picture's: `is:other`, and what a plan leaves out. */
export function isOtherExtension(ext: string): boolean {
  return ext !== '' && !typesByExtension.has(ext);
}

/** The catalogue's name of a format that people also call by its extension: `jpg` is `jpeg`. */
export function typeNamed(name: string): string {
  return typesByExtension.get(name) ?? name;
}

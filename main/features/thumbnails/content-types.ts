import type { ImageType } from '../../domain/image-check/verdict.ts';
import type { Source } from './thumbnail-deps.ts';

const contentTypes: Readonly<Record<ImageType, string>> = {
  png: 'image/png',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  svg: 'image/svg+xml',
  bmp: 'image/bmp',
  ico: 'image/x-icon',
  avif: 'image/avif',
  heic: 'image/heic',
  tiff: 'image/tiff',
};

const shownByBrowsers: readonly string[] = ['png', 'jpeg', 'gif', 'webp', 'svg', 'bmp', 'ico', 'avif'];
const mostBytesAsItIs = 8 * 1024 * 1024;
const mostPixelsAsItIs = 16_000_000;

/** For what is no picture the one that no browser shows. */
export function contentTypeOf(type: string | null): string {
  const known: Readonly<Record<string, string>> = contentTypes;
  return (type !== null && Object.hasOwn(known, type) ? known[type] : undefined) ?? 'application/octet-stream';
}

/** Whether the file may stand in for the small picture that could not be made or kept: browsers show it, at no great cost. */
export function maySpeakForItself({ type, bytes, pixels }: Source): boolean {
  const isSmall = bytes <= mostBytesAsItIs && pixels !== null && pixels <= mostPixelsAsItIs;
  return isSmall && type !== null && shownByBrowsers.includes(type);
}

import { statSync } from 'node:fs';
import type { Client } from '../../../contract/client.ts';
import type { ImageRow } from '../../../contract/commands/catalogue.ts';
import { failure } from '../../../domain/failure.ts';
import type { ImageKey } from '../../../domain/image/image.ts';
import { isImageExtension } from '../../../domain/image-check/extensions.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { NativeTexts } from '../app/texts.ts';

export type Finding = { readonly call: Client; readonly words: NativeTexts };

export async function findImage({ call, words }: Finding, key: ImageKey): Promise<Result<ImageRow>> {
  const found = await call('catalogue.image', key);
  if (!found.ok) return found;
  return found.value === null ? fail(failure('unknown-handle', words('native.noImage'))) : ok(found.value);
}

/** Finds the newest saved copy that the core records: a page names an image, never a path. */
export async function findSavedCopy(finding: Finding, key: ImageKey): Promise<Result<string>> {
  const image = await findImage(finding, key);
  if (!image.ok) return image;
  const { downloaded } = image.value;
  return downloaded !== null && isFile(downloaded)
    ? ok(downloaded)
    : fail(failure('nothing-known', finding.words('native.notSaved')));
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

/**
 * Returns whether the extension is of an image other than SVG: a program would be run rather than shown, whatever its
 * bytes are, and an SVG may contain scripts.
 */
export function isImageName(path: string): boolean {
  const extension = /\.([^./\\]+)$/u.exec(path)?.[1]?.toLowerCase();
  return extension !== undefined && extension !== 'svg' && isImageExtension(extension);
}

/** Returns an https address that a browser may open, without credentials; undefined for others. */
export function readWebAddress(address: string): string | undefined {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  return url.href;
}

import { join, sep } from 'node:path';
import type { Batch } from '../../../domain/transfer/batch.ts';
import { nameBytesMax, numberedName } from '../../../domain/files/portable-name.ts';
import type { Transfer } from '../../../domain/transfer/transfer.ts';
import { truncateToBytes } from '../../../domain/text/utf8.ts';

/** `path` below the folder, with forward slashes. */
export function absolutePath(folder: string, path: string): string {
  return join(folder, ...path.split('/'));
}

/** The inverse: with forward slashes, below the folder; the absolute path must lie there. */
export function relativePath(folder: string, absolute: string): string {
  return absolute.slice(folderPrefix(folder).length).replaceAll(sep, '/');
}

/** What the paths of everything below the folder begin with. */
export function folderPrefix(folder: string): string {
  return folder.endsWith(sep) ? folder : folder + sep;
}

/** Beside the final file, so that renaming never crosses a file system; unique, for batches in one folder too. */
export function partPath(batch: Batch, transfer: Transfer): string {
  const { folder, name } = splitPath(transfer.path);
  const tail = `.${batch.uid}-${transfer.seq}.part`;
  return absolutePath(batch.destination, folder + truncateToBytes(name, nameBytesMax - tail.length) + tail);
}

/** `a/b (2).png` for `a/b.png`. */
export function numberedPath(path: string, n: number): string {
  const { folder, name } = splitPath(path);
  return folder + numberedName(name, n);
}

/** `folder` ends with a slash, or is ''. */
export function splitPath(path: string): { readonly folder: string; readonly name: string } {
  const slash = path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, slash), name: path.slice(slash) };
}

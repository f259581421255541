import { closeSync, openSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import process from 'node:process';
import { createImageIndex, type ImageIndex } from '../../adapters/search/table/image-index.ts';
import { readIndex, writeIndex } from '../../adapters/search/table/index-file.ts';
import type { CataloguePosition } from '../../adapters/storage/images/index-reader.ts';
import { makeFolder } from '../../adapters/storage/database/make-folder.ts';
import { makeWhole, removeAbandoned } from '../../adapters/storage/database/unfinished-file.ts';

/** The index in a file, so that a start need not read the whole catalogue. It may be lost at any time. */
export type IndexCache = {
  /** Undefined where there is no file, or none to be trusted. */
  read(elapsedMs: () => number): { readonly index: ImageIndex; readonly place: CataloguePosition } | undefined;
  /** A disk that is full or can't be written is no failure: then the next start reads the catalogue. */
  write(index: ImageIndex, place: CataloguePosition): void;
};

/** What names are made of may be another with each version, and with each Unicode. */
type About = { readonly version: string; readonly unicode: string | undefined; readonly place: CataloguePosition };

export function createIndexCache(path: string, version: string): IndexCache {
  const { unicode } = process.versions;
  return {
    read(elapsedMs) {
      try {
        const found = readFile(path, (about) => about.version === version && about.unicode === unicode);
        if (found === undefined) return undefined;
        const { table, orders, about } = found;
        // Who they were does not matter: those that are erased by now go with the first change.
        const accountNames = new Map(table.keys.accountIds.map((id) => [id, '']));
        const context = { accountNames, newestSyncs: new Set<number>() };
        return { index: createImageIndex(table, orders, context, elapsedMs), place: about.place };
      } catch {
        return undefined;
      }
    },
    write({ table, orders }, place) {
      try {
        makeFolder(dirname(path));
        removeAbandoned(dirname(path), (name) => name === basename(path));
        const about: About = { version, unicode, place };
        makeWhole(path, (unfinished) => writeFile(unfinished, (file) => writeIndex(file, table, orders, about)));
      } catch {
        // It is made again when it is missed.
      }
    },
  };
}

function readFile(path: string, isMeant: (about: About) => boolean) {
  const file = openSync(path, 'r');
  try {
    // The file's checksum says that this program wrote it.
    const found = readIndex(file, (about) => isMeant(about as About));
    return found && { ...found, about: found.about as About };
  } finally {
    closeSync(file);
  }
}

function writeFile(path: string, write: (file: number) => void): void {
  const file = openSync(path, 'w', 0o600);
  try {
    write(file);
  } finally {
    closeSync(file);
  }
}

import type { CatalogueImage } from '../../../domain/image/image.ts';
import type { RecordedFile } from '../../../domain/plan/plan-types.ts';
import type { SavedFile, SavedFileStore } from '../../../adapters/storage/stores/saved-file-store.ts';
import { folderPrefix, relativePath } from '../disk/file-paths.ts';
import { isProvenSame } from '../disk/hash-file.ts';
import { inParallel } from './in-parallel.ts';

/** What the history knows of a destination, proven: every file was read again. */
export type CheckedHistory = {
  /** Newest first. */
  of(key: Pick<CatalogueImage, 'accountId' | 'id'>): readonly RecordedFile[];
};

const atOnce = 8;

/** Looks up what was saved of these images below `destination`, and whether it stands as it was written. */
export async function checkSaved(
  savedFiles: SavedFileStore,
  images: readonly CatalogueImage[],
  destination: string,
  signal?: AbortSignal,
): Promise<CheckedHistory> {
  const prefix = folderPrefix(destination);
  const found = new Map<string, RecordedFile[]>();
  const claims: { readonly saved: SavedFile; readonly image: CatalogueImage }[] = [];
  for (const image of images) {
    if (image.savedPath === null) continue;
    const saved = savedFiles.ofImage(image.accountId, image.id);
    claims.push(...saved.filter(({ path }) => path.startsWith(prefix)).map((each) => ({ saved: each, image })));
  }
  const standing = new Set<SavedFile>();
  await inParallel(claims, atOnce, async ({ saved }) => {
    if (await isProvenSame(saved.path, saved, signal)) standing.add(saved);
  });
  for (const { saved, image } of claims) {
    const key = keyOf(image);
    const record = {
      relativePath: relativePath(destination, saved.path),
      stillStands: standing.has(saved),
      urlOrSizeChanged: saved.url !== image.url || saved.sizeText !== image.sizeText,
    };
    found.set(key, [...(found.get(key) ?? []), record]);
  }
  return { of: (key) => found.get(keyOf(key)) ?? [] };
}

/** Names an image in a Map or a Set. */
export function keyOf({ accountId, id }: Pick<CatalogueImage, 'accountId' | 'id'>): string {
  return `${accountId}:${id}`;
}

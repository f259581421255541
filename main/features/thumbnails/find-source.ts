import { stat } from 'node:fs/promises';
import type { SavedFile } from '../../adapters/storage/stores/saved-file-store.ts';
import { cacheName } from './cache/cache-names.ts';
import type { Asked, ThumbnailContext, Source } from './thumbnail-deps.ts';

/** File systems round times, of which FAT has one for two seconds. */
const timeSlackMs = 2_000;

export function originalName({ key, fingerprint }: Asked): string {
  return cacheName(key, fingerprint, '');
}

/** The image's files on this disk, each looked at only when it is asked for: saved copies, then the cached original. */
export async function* findSources(parts: ThumbnailContext, asked: Asked): AsyncGenerator<Source> {
  const { key, listing } = asked;
  for (const saved of parts.savedFiles.ofImage(key.accountId, key.id)) {
    const isThisContent = saved.url === listing.url && saved.sizeText === listing.sizeText;
    if (!isThisContent || !(await stands(saved))) continue;
    const { pixels, sha256 } = parts.lookup.facts(key);
    yield { path: saved.path, bytes: saved.bytes, type: saved.type, pixels: sha256 === saved.sha256 ? pixels : null };
  }
  const cached = await findCached(parts, asked);
  if (cached !== undefined) yield cached;
}

/** The cached original, where it is as long as what was measured last; anything else is let go. */
export async function findCached(
  { originals, lookup }: ThumbnailContext,
  asked: Asked,
): Promise<(Source & { readonly sha256: string }) | undefined> {
  const hit = await originals.find(originalName(asked));
  if (hit === undefined) return undefined;
  const { exactBytes, sha256, type, pixels } = lookup.facts(asked.key);
  if (exactBytes === hit.bytes && sha256 !== null) return { ...hit, type, pixels, sha256 };
  await originals.remove(originalName(asked));
  return undefined;
}

/** Without reading it: as long as it was written, and not written since. */
async function stands({ path, bytes, verifiedAt }: SavedFile): Promise<boolean> {
  const found = await stat(path).catch(() => undefined);
  return found?.isFile() === true && found.size === bytes && found.mtimeMs <= verifiedAt + timeSlackMs;
}

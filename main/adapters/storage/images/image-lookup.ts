import type { ImageKey, ListedImage } from '../../../domain/image/image.ts';
import { numberOrNull, textOrNull } from '../database/array-rows.ts';
import type { Database } from '../database/database.ts';

export type Listing = Pick<ListedImage, 'url' | 'sizeText'>;

/** What was learned from the bytes, of whatever listing they were; null where they were not seen. */
export type ImageFileFacts = {
  readonly exactBytes: number | null;
  readonly sha256: string | null;
  readonly type: string | null;
  readonly pixels: number | null;
  readonly broken: { readonly code: string; readonly message: string } | null;
};

/** Looks one image up, fast enough to be asked for every tile that scrolls by. */
export type ImageLookup = {
  /** As the API lists it, or listed it last; undefined for what is not known, or of an account that was erased. */
  listed(key: ImageKey): Listing | undefined;
  facts(key: ImageKey): ImageFileFacts;
};

export function createImageLookup({ connection }: Database): ImageLookup {
  const known = 'EXISTS (SELECT 1 FROM own.accounts WHERE id = ?1)';
  const present = connection.prepare(
    `SELECT url, size_text FROM main.images WHERE account_id = ?1 AND id = ?2 AND ${known}`,
  );
  const gone = connection.prepare('SELECT url, size_text FROM own.gone_images WHERE account_id = ?1 AND id = ?2');
  const facts = connection.prepare(
    `SELECT exact_bytes, sha256, type, width * height AS pixels, broken_code, broken_message FROM own.facts
     WHERE account_id = ? AND image_id = ?`,
  );
  return {
    listed({ accountId, id }) {
      const row = present.get(accountId, id) ?? gone.get(accountId, id);
      return row === undefined ? undefined : { url: String(row['url']), sizeText: String(row['size_text']) };
    },
    facts({ accountId, id }) {
      const row = facts.get(accountId, id) ?? {};
      const { exact_bytes: bytes, sha256, type, pixels, broken_code: code, broken_message: message } = row;
      return {
        exactBytes: numberOrNull(bytes),
        sha256: sha256 instanceof Uint8Array ? Buffer.from(sha256).toString('hex') : null,
        type: textOrNull(type),
        pixels: numberOrNull(pixels),
        broken: typeof code === 'string' ? { code, message: String(message) } : null,
      };
    },
  };
}

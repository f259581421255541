import { createHash } from 'node:crypto';
import type { ImageKey } from '../../../domain/image/image.ts';
import type { Listing } from '../../../adapters/storage/images/image-lookup.ts';

/** Names what an image was when it was listed so: a changed image has another one. */
export function fingerprintOf({ url, sizeText }: Listing): string {
  return createHash('sha256').update(`${sizeText}\n${url}`).digest('hex').slice(0, 20);
}

/** Below an account's folder in one of 256, so that none grows too large to be listed. */
export function cacheName({ accountId, id }: ImageKey, fingerprint: string, tail: string): string {
  return `${accountFolder(accountId)}/${fingerprint.slice(0, 2)}/${id}-${fingerprint}${tail}`;
}

export function accountFolder(accountId: number): string {
  return String(accountId);
}

/** Names an image in a Map. */
export function keyText({ accountId, id }: ImageKey): string {
  return `${accountId}:${id}`;
}

import type { ImageRow } from '../../../main/contract/commands/catalogue.ts';
import type { ImageSize } from '../../../main/domain/image/image-failure.ts';

/** What the browser may keep it by: it changes when the image does. `key` is the page's, which the browser host asks for. */
export function thumbnailUrl(what: ImageSize, row: ImageRow, key: string | undefined): string {
  const { accountId, id, url, size, sha256 } = row;
  const version = shortHash(`${url}|${size.text}|${sha256?.slice(0, 12) ?? ''}`);
  return `/${what}/${accountId}/${id}?v=${version}${key === undefined ? '' : `&k=${key}`}`;
}

/** FNV-1a over UTF-16 units: tells versions of one image apart, and needs to do no more. */
function shortHash(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}

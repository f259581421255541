import type { ImageRow } from './commands/catalogue.ts';

/** An image as files and other programs get it: times in ISO 8601 and UTC, `null` for what is not known. */
export type ImageJson = Omit<ImageRow, 'accountId' | 'firstSeen' | 'lastSeen' | 'animated' | 'broken'> & {
  readonly firstSeen: string;
  readonly lastSeen: string;
};

export function toImageJson(row: ImageRow): ImageJson {
  const { account, id, name, ext, url, size, folder, state, downloaded, sha256, width, height, type, tags } = row;
  const firstSeen = new Date(row.firstSeen).toISOString();
  const lastSeen = new Date(row.lastSeen).toISOString();
  const what = { account, id, name, ext, url, size, folder, firstSeen, lastSeen, state };
  return { ...what, downloaded, sha256, width, height, type, tags };
}

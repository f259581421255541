import type { ImageJson } from '../../contract/image-json.ts';
import { csvCell } from '../../domain/text/csv-cell.ts';

const header = [
  ...['account', 'id', 'name', 'ext', 'url', 'size', 'bytes', 'exact', 'folder', 'first_seen', 'last_seen', 'state'],
  ...['downloaded', 'sha256', 'width', 'height', 'type', 'tags'],
];

export function csvHeader(separator: string): string {
  return toRecord(header, separator);
}

export function csvRecord(image: ImageJson, separator: string): string {
  const { account, id, name, ext, url, size, folder, firstSeen, lastSeen, state } = image;
  const cells = [account, id, name, ext, url, size.text, size.bytes, size.exact, folder, firstSeen, lastSeen, state];
  const { downloaded, sha256, width, height, type, tags } = image;
  return toRecord([...cells, downloaded, sha256, width, height, type, tags.join(' ')], separator);
}

type Cell = string | number | boolean | null;

/** RFC 4180: quotes doubled, records ended by CR LF. */
function toRecord(cells: readonly Cell[], separator: string): string {
  return `${cells.map(toCell).join(separator)}\r\n`;
}

function toCell(value: Cell): string {
  if (value === null) return '';
  return typeof value === 'string' ? csvCell(value) : String(value);
}

import { csvCell, trueText } from '../../../domain/text/csv-cell.ts';
import type { SavedFile } from '../../../adapters/storage/stores/saved-file-store.ts';
import { readLines } from '../disk/read-lines.ts';
import { formatSum, parseSum } from './sums-file.ts';

/** One row of a manifest, as text and as far as merging needs to know it. */
export type ManifestRow = {
  readonly path: string;
  readonly sha256: string;
  /** Which image it is; '' in SHA256SUMS, which knows files alone. */
  readonly image: string;
  readonly text: string;
};

export type SavedRow = {
  /** Below the destination, with forward slashes. */
  readonly path: string;
  /** The account's name. */
  readonly account: string;
  readonly file: SavedFile;
};

export type ManifestFormat = {
  readonly fileName: 'manifest.csv' | 'manifest.json' | 'SHA256SUMS';
  readonly head: string;
  readonly between: string;
  readonly tail: string;
  /** In place of the tail where there are no rows. */
  readonly emptyTail: string;
  row(saved: SavedRow): ManifestRow;
  /** The rows of an earlier one; throws `NotOurs` where the file is something else. */
  read(path: string): AsyncGenerator<ManifestRow>;
};

/** A file of this name that the product did not write, or that was changed beyond recognition. */
export class NotOurs extends Error {}

const columns = ['path', 'sha256', 'bytes', 'type', 'account', 'id', 'name', 'url', 'size', 'saved', 'note'] as const;
const header = columns.join(',');

function cellsOf({
  path,
  account,
  file,
}: SavedRow): Readonly<Record<(typeof columns)[number], string | number | null>> {
  const { sha256, bytes, type, imageId, name, url, sizeText, savedAt, note } = file;
  const saved = new Date(savedAt).toISOString();
  return { path, sha256, bytes, type, account, id: imageId, name, url, size: sizeText, saved, note };
}

/** RFC 4180; a text that a spreadsheet would run is neutralised, as in exports. The JSON has it as it is. */
export const csvManifest: ManifestFormat = {
  fileName: 'manifest.csv',
  head: `${header}\r\n`,
  between: '\r\n',
  tail: '\r\n',
  emptyTail: '',
  row(saved) {
    const cells = cellsOf(saved);
    const text = toCsv(columns.map((column) => String(cells[column] ?? '')));
    return { path: saved.path, sha256: saved.file.sha256, image: imageOf(saved.account, saved.file.imageId), text };
  },
  async *read(path) {
    let isHead = true;
    for await (const record of csvRecords(path)) {
      if (isHead && record.replace(/^\u{feff}/u, '') !== header) throw new NotOurs();
      if (!isHead) yield fromCsv(record);
      isHead = false;
    }
  },
};

export const jsonManifest: ManifestFormat = {
  fileName: 'manifest.json',
  head: '[\n',
  between: ',\n',
  tail: '\n]\n',
  emptyTail: ']\n',
  row(saved) {
    const text = JSON.stringify(cellsOf(saved));
    return { path: saved.path, sha256: saved.file.sha256, image: imageOf(saved.account, saved.file.imageId), text };
  },
  async *read(path) {
    for await (const line of readLines(path)) {
      const text = line.trim().replace(/,$/, '');
      if (text !== '[' && text !== ']' && text !== '') yield fromJson(text);
    }
  },
};

export const sumsManifest: ManifestFormat = {
  fileName: 'SHA256SUMS',
  head: '',
  between: '\n',
  tail: '\n',
  emptyTail: '',
  row: ({ path, file }) => ({ path, sha256: file.sha256, image: '', text: formatSum({ path, sha256: file.sha256 }) }),
  async *read(path) {
    for await (const line of readLines(path)) {
      const sum = parseSum(line);
      if (sum !== undefined) yield { ...sum, image: '', text: formatSum(sum) };
    }
  },
};

function imageOf(account: string, id: number | string): string {
  return `${account}\0${id}`;
}

function toCsv(cells: readonly string[]): string {
  return cells.map(csvCell).join(',');
}

/** A record goes on over a line's end for as long as a quote is open. */
async function* csvRecords(path: string): AsyncGenerator<string> {
  let open: string | undefined;
  for await (const line of readLines(path)) {
    const record: string = open === undefined ? line : `${open}\n${line}`;
    const isOpen = record.split('"').length % 2 === 0;
    open = isOpen ? record : undefined;
    if (!isOpen && record !== '' && record !== '\r') yield record.replace(/\r$/, '');
  }
  if (open !== undefined) throw new NotOurs();
}

function fromCsv(text: string): ManifestRow {
  const cells = [...text.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(([, inQuotes, plain]) =>
    trueText(inQuotes?.replaceAll('""', '"') ?? plain ?? ''),
  );
  const cell = (column: (typeof columns)[number]): string => cells[columns.indexOf(column)] ?? '';
  if (cells.length !== columns.length || cell('path') === '') throw new NotOurs();
  return {
    path: cell('path'),
    sha256: cell('sha256'),
    image: imageOf(cell('account'), cell('id')),
    text: toCsv(cells),
  };
}

function fromJson(text: string): ManifestRow {
  let row: unknown;
  try {
    row = JSON.parse(text);
  } catch {
    throw new NotOurs();
  }
  if (typeof row !== 'object' || row === null) throw new NotOurs();
  const { path, sha256, account, id } = row as Record<string, unknown>;
  if (typeof path !== 'string' || typeof sha256 !== 'string') throw new NotOurs();
  return { path, sha256, image: imageOf(String(account), String(id)), text };
}

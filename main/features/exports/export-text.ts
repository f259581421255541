import type { CatalogueImage } from '../../domain/image/image.ts';
import { toImageJson } from '../../contract/image-json.ts';
import { toImageRow } from '../../contract/image-row.ts';
import { csvHeader, csvRecord } from './csv.ts';

export type ExportFormat = 'csv' | 'json' | 'ndjson' | 'urls';
export type ExportStyle = { readonly format: ExportFormat; readonly excelSeparator?: ',' | ';' | '\t' | undefined };

/** What stands before the first image, between two, and after the last. */
export function exportFrame({ format, excelSeparator }: ExportStyle): { start: string; between: string; end: string } {
  switch (format) {
    case 'csv': {
      const mark = excelSeparator === undefined ? '' : '\ufeff';
      return { start: mark + csvHeader(excelSeparator ?? ','), between: '', end: '' };
    }
    case 'json':
      return { start: '[\n', between: ',\n', end: '\n]\n' };
    case 'ndjson':
    case 'urls':
      return { start: '', between: '', end: '' };
  }
}

export function exportImage(image: CatalogueImage, { format, excelSeparator }: ExportStyle): string {
  switch (format) {
    case 'csv':
      return csvRecord(toImageJson(toImageRow(image)), excelSeparator ?? ',');
    case 'json':
      return JSON.stringify(toImageJson(toImageRow(image)));
    case 'ndjson':
      return `${JSON.stringify(toImageJson(toImageRow(image)))}\n`;
    case 'urls':
      return `${image.url.replaceAll(/[\r\n]/g, encodeURIComponent)}\n`;
  }
}

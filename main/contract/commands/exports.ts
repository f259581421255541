import { z } from 'zod';
import { command } from '../command.ts';
import { Count, Path, QueryText } from '../common.ts';
import { SelectionHandleSchema } from '../selection.ts';

export const exportFormats = ['csv', 'json', 'ndjson', 'urls'] as const;

const Order = {
  /** Which images, unless there is a selection, and in which order. */
  query: QueryText,
  selection: SelectionHandleSchema.nullable().default(null),
  format: z.enum(exportFormats),
  /** CSV as Excel takes it: a byte order mark, and this between cells. */
  excelSeparator: z.enum([',', ';', '\t']).optional(),
};

/** Commands that no page has: a page that names any file could write a start-up script. */
export const commandLineCommands = {
  /** Writes the whole file, then puts it in its place; a query with a mistake exports nothing. */
  'exports.write': command(z.object({ ...Order, file: Path }), z.object({ images: Count, bytes: Count })),
};
export type CommandLineCommands = typeof commandLineCommands;

export const exportCommands = {
  /** The text of an export in pieces; the handle is good until the last piece was read. */
  'exports.open': command(z.object(Order), z.object({ handle: Count, images: Count })),
  'exports.read': command(
    z.object({ handle: Count, from: Count }),
    z.object({ text: z.string(), next: Count.nullable() }),
  ),
};

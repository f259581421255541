import { z } from 'zod';
import { command } from '../command.ts';
import { Path } from '../common.ts';

export const FolderListing = z.object({
  path: z.string(),
  /** null at the top. */
  parent: z.string().nullable(),
  /** Names in natural order, hidden ones last. */
  folders: z.array(z.string()),
  /** There are more than are listed. */
  truncated: z.boolean(),
  writable: z.boolean(),
  /** null where the system does not say. */
  freeBytes: z.number().nullable(),
});
export type FolderListing = z.output<typeof FolderListing>;

export const folderCommands = {
  /** The folders in one of the machine that runs the core: names alone, to choose a destination where no dialog can. */
  'folders.list': command(z.object({ path: Path }), FolderListing),
};

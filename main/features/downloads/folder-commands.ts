import type { Handlers } from '../../contract/command.ts';
import type { folderCommands } from '../../contract/commands/folders.ts';
import { listFolders } from './disk/list-folders.ts';

export function createFolderCommands(): Handlers<typeof folderCommands> {
  return { 'folders.list': ({ path }) => listFolders(path) };
}

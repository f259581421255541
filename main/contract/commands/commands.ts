import { accountCommands } from './accounts.ts';
import { catalogueCommands } from './catalogue.ts';
import { doctorCommands } from './doctor.ts';
import { downloadCommands } from './downloads.ts';
import { exportCommands } from './exports.ts';
import { folderCommands } from './folders.ts';
import { settingsCommands } from './settings.ts';
import { syncCommands } from './syncs.ts';
import { thumbnailCommands } from './thumbnails.ts';
import { updateCommands } from './updates.ts';

/** Everything that a client may ask, by name: types, validation, handlers and routes all follow from this table. */
export const commands = {
  ...accountCommands,
  ...syncCommands,
  ...catalogueCommands,
  ...downloadCommands,
  ...exportCommands,
  ...folderCommands,
  ...settingsCommands,
  ...thumbnailCommands,
  ...updateCommands,
  ...doctorCommands,
};
export type Commands = typeof commands;

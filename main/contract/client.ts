import type { Call } from './command.ts';
import type { commands } from './commands/commands.ts';
import type { CommandLineCommands } from './commands/exports.ts';

/** The typed door, as every client holds it. */
export type Client = Call<typeof commands>;

/** The same with the commands that no page has. */
export type CommandLineClient = Call<typeof commands & CommandLineCommands>;

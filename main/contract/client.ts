import type { Call } from './command.ts';
import type { commands } from './commands.ts';

/** The typed door, as every client holds it. */
export type Client = Call<typeof commands>;

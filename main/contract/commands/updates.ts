import { z } from 'zod';
import { updateStates } from '../../domain/update.ts';
import { command } from '../command.ts';
import { Time } from '../common.ts';

/** Described in domain/update.ts. */
export const UpdateView = z.object({
  state: z.enum(updateStates),
  /** This version. */
  version: z.string(),
  offer: z.object({ version: z.string(), notes: z.string(), bytes: z.number().nullable() }).nullable(),
  fraction: z.number().min(0).max(1).nullable(),
  message: z.string().nullable(),
  checkedAt: Time.nullable(),
});
export type UpdateView = z.output<typeof UpdateView>;

export const updateCommands = {
  'updates.state': command(z.object({}), UpdateView),
  /**
   * Asks the update server, and answers with what it says. `quietly`: by the app itself, so that a server which can't be
   * reached changes nothing.
   */
  'updates.check': command(z.object({ quietly: z.boolean().default(false) }), UpdateView),
  /** Begins to bring the version that was found; the event `updates` tells how far it is. */
  'updates.download': command(z.object({}), UpdateView),
  /** Installs what was brought and starts it; `busy` while files are being downloaded. */
  'updates.install': command(z.object({}), UpdateView),
};

import type { z } from 'zod';
import type { BatchSnapshot, PlanProgress } from './commands/downloads.ts';
import type { SettingsView } from './commands/settings.ts';
import type { SyncSnapshot } from './commands/syncs.ts';
import type { UpdateView } from './commands/updates.ts';

/**
 * Absolute, droppable, at most ten a second for each topic and subject: they say what is, never what to do. `revision`
 * rises with every message of a core, so that a client can ignore what is older than what it read.
 */
export type EventMessage = { readonly revision: number } & EventBody;

export type EventBody =
  | { readonly topic: 'sync'; readonly sync: SyncSnapshot }
  | { readonly topic: 'batch'; readonly batch: z.output<typeof BatchSnapshot> }
  /** How far the planning or starting under a ticket has come. */
  | { readonly topic: 'planning'; readonly planning: PlanProgress }
  | { readonly topic: 'settings'; readonly settings: SettingsView }
  | { readonly topic: 'updates'; readonly update: UpdateView }
  | { readonly topic: 'accounts' }
  /** Another process's sync began, went on or ended: the journal says what it did. */
  | { readonly topic: 'journal' }
  /** Batches of another process changed. */
  | { readonly topic: 'batches' }
  /** Images came, went, or are listed otherwise. */
  | { readonly topic: 'catalogue' }
  /** Something was learned of images that are listed as before: measured, saved, found broken. */
  | { readonly topic: 'images' }
  /** Pictures that could not be had for a while may be asked for again. */
  | { readonly topic: 'pictures' }
  /** The user asked for something outside of the page, to be taken by `host.wishes`. */
  | { readonly topic: 'wishes' };

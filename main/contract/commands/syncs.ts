import { z } from 'zod';
import { command } from '../command.ts';
import { Count, FailureSchema, Id, Time } from '../common.ts';

export const Waiting = z.object({ until: Time, why: z.string() });

/** An absolute picture of one sync. Every number is of this run, but `present` and `total`, which are the account's. */
export const SyncSnapshot = z.object({
  syncId: Id,
  accountId: Id,
  account: z.string(),
  state: z.enum(['running', 'waiting', 'done', 'cancelled', 'failed', 'interrupted']),
  waiting: Waiting.nullable(),
  /** The page read last and how many the list has; null before the first. */
  page: Count.nullable(),
  pages: Count.nullable(),
  calls: Count,
  added: Count,
  changed: Count,
  gone: Count,
  malformed: Count,
  /** Rows present in the catalogue. */
  present: Count,
  /** What the API says it has; null before the first page. */
  total: Count.nullable(),
  /** The catalogue equals the API's list. */
  complete: z.boolean(),
  failure: FailureSchema.nullable(),
});
export type SyncSnapshot = z.output<typeof SyncSnapshot>;

export const JournalEntry = z.object({
  id: Id,
  accountId: Id,
  mode: z.enum(['incremental', 'full']),
  state: z.enum(['running', 'done', 'cancelled', 'failed', 'interrupted']),
  startedAt: Time,
  endedAt: Time.nullable(),
  calls: Count,
  added: Count,
  changed: Count,
  gone: Count,
  malformed: Count,
  /** The API's own total, which includes records that are not images. */
  total: Count,
  /** Images in the catalogue at its end; null while it runs, and in syncs of earlier versions. */
  present: Count.nullable(),
  complete: z.boolean(),
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type JournalEntry = z.output<typeof JournalEntry>;

/** In calls; `whole` is null where the length of the list is unknown. */
const SyncCost = z.object({ least: Count, whole: Count.nullable() });
export type SyncCost = z.output<typeof SyncCost>;

export const syncCommands = {
  /** Answers when the sync has ended; its failure is in the answer, as what it saved is kept. */
  'sync.run': command(z.object({ accountId: Id, full: z.boolean().default(false) }), SyncSnapshot),
  'sync.cancel': command(z.object({ accountId: Id.optional() }), z.object({ cancelled: z.boolean() })),
  /** Calls that a sync will make: the least, and the whole list where its length is known. */
  'sync.cost': command(z.object({ accountId: Id }), SyncCost),
  /** Newest first. */
  'sync.journal': command(
    z.object({ accountId: Id.optional(), limit: z.int().min(1).max(1000).default(50) }),
    z.array(JournalEntry),
  ),
  'sync.malformed': command(
    z.object({ syncId: Id }),
    z.array(z.object({ page: Count, raw: z.string(), why: z.string() })),
  ),
};

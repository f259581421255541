import { z } from 'zod';
import { batchStates, conflictPolicies } from '../../domain/transfer/batch.ts';
import { planReasons } from '../../domain/plan/plan-types.ts';
import { transferActions, transferStates } from '../../domain/transfer/transfer.ts';
import { command } from '../command.ts';
import { Count, FailureSchema, Id, Nothing, Path, QueryText, Time } from '../common.ts';
import { SelectionHandleSchema } from '../selection.ts';
import { Waiting } from './syncs.ts';

/** Which images, where to, and how. A query with a mistake is refused: ignoring a part may mean every image. */
const Order = z.object({
  /** Which images, unless there is a selection, and in which order. */
  query: QueryText,
  selection: SelectionHandleSchema.nullable().default(null),
  destination: Path,
  template: z.string().max(2000).optional(),
  policy: z.enum(conflictPolicies).default('skip-identical'),
  includeOther: z.boolean().default(false),
  /** The asker's own name for it: `downloads.drop` ends it by that, and so does what is asked next under the same. */
  ticket: z.string().min(1).max(100).optional(),
});

const StartOrder = Order.extend({
  manifest: z.boolean().default(false),
  /** Files at once from each host; null adapts it. */
  concurrency: z.int().min(1).max(256).nullable().default(null),
  /** Bytes a second; null is no limit. */
  limitRate: z.int().positive().nullable().default(null),
});

const ByteSpan = z.object({ low: z.number(), high: z.number() });

export const PlanItem = z.object({
  accountId: Id,
  id: z.int(),
  name: z.string(),
  /** Absolute; null for what is left out. */
  path: z.string().nullable(),
  action: z.enum(['fetch', 'skip', 'rename']),
  reason: z.enum(planReasons),
});

const Plan = z.object({
  handle: z.int().positive(),
  images: Count,
  /** How many are fetched. */
  files: Count,
  /** Of what is fetched, where anything is known of it. */
  bytes: ByteSpan,
  unknownSizes: Count,
  /** null where the system does not say. */
  freeBytes: z.number().nullable(),
  /** The destination doesn't exist yet: it is created with the first file. */
  isNewFolder: z.boolean(),
  totals: z.record(z.enum(planReasons), Count),
});
export type PlanView = z.output<typeof Plan>;

export const PlanProgress = z.object({
  ticket: z.string(),
  /** `writing`: what was planned is written down, before the first byte is fetched. */
  stage: z.enum(['planning', 'writing']),
  /** Images. */
  done: Count,
  total: Count,
});
export type PlanProgress = z.output<typeof PlanProgress>;

const Totals = z.object({
  planned: Count,
  /** Planned files to fetch, as the plan counted them; the rest was skipped at once. */
  files: Count,
  done: Count,
  skipped: Count,
  failed: Count,
  cancelled: Count,
  /** Not decided yet. */
  unsettled: Count,
  /** Of the files that are done. */
  bytes: z.number(),
});

export const BatchView = Totals.extend({
  id: Id,
  createdAt: Time,
  finishedAt: Time.nullable(),
  query: z.string(),
  /** Its images were selected; `query` is their order, and the result that was selected as a whole. */
  isSelection: z.boolean(),
  destination: z.string(),
  template: z.string(),
  policy: z.enum(conflictPolicies),
  state: z.enum(batchStates),
  /** Failed files that a retry can help. */
  retryable: Count,
  /** Of the unsettled, those that were paused one by one. */
  paused: Count,
  /** It is `running`, but the process that ran it has died; until it is resumed. */
  interrupted: z.boolean(),
  /** Why it paused by itself. */
  stop: z.object({ code: z.string(), message: z.string() }).nullable(),
});
export type BatchView = z.output<typeof BatchView>;

/** An absolute picture of one batch while it runs. */
export const BatchSnapshot = Totals.extend({
  batchId: Id,
  state: z.enum(batchStates),
  active: Count,
  bytesPerSecond: z.number(),
  /** At the current speed; null while that can't be told. */
  remainingMs: z.number().nullable(),
  waiting: Waiting.nullable(),
});
export type BatchSnapshot = z.output<typeof BatchSnapshot>;

/** How a batch stands at the end of a run; `failure` where it stopped before its end. */
export const BatchEnd = z.object({ batch: BatchView, failure: FailureSchema.nullable() });

export const TransferRow = z.object({
  seq: Count,
  accountId: Id,
  imageId: z.int(),
  name: z.string(),
  /** Under the destination, with `/`. */
  path: z.string(),
  state: z.enum(transferStates),
  attempt: Count,
  reason: z.object({ code: z.string(), message: z.string(), canRetry: z.boolean() }).nullable(),
  bytes: z.number().nullable(),
});

export type TransferRow = z.output<typeof TransferRow>;

const Difference = z.object({ path: z.string(), problem: z.enum(['missing', 'changed', 'unreadable']) });

/** Positions, `to` excluded. */
const Range = { from: Count, to: Count.max(1e9) };

export const downloadCommands = {
  /** What a download would do; nothing is written. The handle gives its items, until newer plans take its place. */
  'downloads.plan': command(Order, Plan),
  /** Ends the planning or starting that is under way under this ticket: it fails with `cancelled`. */
  'downloads.drop': command(z.object({ ticket: z.string().min(1).max(100) }), Nothing),
  'downloads.planItems': command(
    /** Positions among the items of that reason, where one is given; at most 10,000 are given at once. */
    z.object({ handle: Id, reason: z.enum(planReasons).optional(), ...Range }),
    z.array(PlanItem),
  ),
  /** Begins, or goes on with the unfinished batch of the same query, destination, template and policy. */
  'downloads.start': command(StartOrder, z.object({ batch: BatchView, continued: z.boolean() })),
  /** Takes an unfinished batch up again in this process. */
  'downloads.resume': command(z.object({ batchId: Id }), BatchView),
  /** Answers when the batch has come to its end, or stands still. */
  'downloads.wait': command(z.object({ batchId: Id }), BatchEnd),
  /** Leaves everything resumable and ends this process's work on the batch, or on all. */
  'downloads.stop': command(z.object({ batchId: Id.optional() }), Nothing),
  /** Newest first. */
  'downloads.list': command(
    z.object({ unfinished: z.boolean().default(false), limit: z.int().min(1).max(10_000).default(1000) }),
    z.array(BatchView),
  ),
  'downloads.transfers': command(
    z.object({
      batchId: Id,
      /** `unsettled`: all states in which something may still happen. */
      state: z.enum([...transferStates, 'unsettled']).optional(),
      ...Range,
    }),
    z.array(TransferRow),
  ),
  /** For one transfer, a batch, or all; answers how many transfers it changed. */
  'downloads.act': command(
    z.object({
      action: z.enum(transferActions),
      batchId: Id.optional(),
      seq: Count.optional(),
      /** Retries only what a retry can help: not a file that the server no longer has. */
      onlyHelpful: z.boolean().default(false),
    }),
    z.object({ changed: Count }),
  ),
  /** By SHA256SUMS where the folder has one, else by the history of what was saved there. */
  'downloads.verify': command(
    z.object({ folder: Path }),
    z.object({
      by: z.enum(['sums', 'history']),
      checked: Count,
      /** At most 1,000 of them; `differ` counts all. */
      differences: z.array(Difference),
      differ: Count,
    }),
  ),
  /** Forgets finished batches and what they saved; the files stay. */
  'downloads.clearHistory': command(z.object({}), z.object({ batches: Count })),
};

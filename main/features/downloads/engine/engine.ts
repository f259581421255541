import type { Batch } from '../../../domain/transfer/batch.ts';
import { failure } from '../../../domain/failure.ts';
import type { Result } from '../../../domain/result.ts';
import { changeMany } from './change-many.ts';
import type { EngineDeps } from './engine-parts.ts';
import { recoverBatch } from './recover-batch.ts';
import { runBatch, type BatchRun, type Halt, type RunEnd } from './run-batch.ts';
import type { Interruption, Job } from './run-transfer.ts';
import { stopForError } from './stop-reasons.ts';

export type EngineHooks = {
  /** What is still to be done once all of a batch's transfers are settled, before it is finished. */
  afterwards(batch: Batch): Promise<Result<unknown>>;
  /** The batch is out of the engine's hands. */
  ended(batchId: number): void;
};

/** Runs batches, several at once if need be. Whoever calls `run` holds the batch's lock. */
export type DownloadEngine = {
  /** Mends what a kill left, then runs until nothing is left to do or it is halted. The batch's state is written. */
  run(batch: Batch): Promise<RunEnd>;
  isRunning(batchId: number): boolean;
  /** Resolves with how the run that is under way ends; undefined where there is none. */
  ending(batchId: number): Promise<RunEnd> | undefined;
  /** Takes back what is being fetched; resolves once the run has ended. */
  halt(batchId: number, halt: Halt): Promise<void>;
  /** Lets go of one transfer, whose row is about to be changed; `requeue` takes it up again. */
  withhold(batchId: number, seq: number, interruption: Interruption | null): Promise<void>;
  /** Rows of the batch's queue were changed by others. */
  requeue(batchId: number): void;
  /** What is in hand. */
  jobs(batchId: number): readonly Job[];
  /** Resolves when nothing runs. */
  idle(): Promise<void>;
  /** Ends all runs, everything resumable. */
  stop(): Promise<void>;
};

type Running = {
  run: BatchRun | undefined;
  halt: Halt | undefined;
  /** What a kill left is mended, and the run has begun; or it has failed to. */
  readonly begun: { readonly promise: Promise<unknown>; resolve(): void };
  readonly ended: Promise<RunEnd>;
};

export function createDownloadEngine(parts: EngineDeps, hooks: EngineHooks): DownloadEngine {
  const running = new Map<number, Running>();

  /** Where its own data can't be written the batch can't be either: it stays as it is, and can be resumed. */
  async function begin(batch: Batch, entry: Running): Promise<RunEnd> {
    try {
      return await runToItsEnd(parts, hooks, { batch, entry, freed: pumpAll });
    } catch (error) {
      const failure = stopForError(error);
      return failure === undefined ? await pauseForBug(parts, batch, error) : { kind: 'stopped', failure };
    } finally {
      entry.begun.resolve();
      running.delete(batch.id);
      hooks.ended(batch.id);
    }
  }

  function pumpAll(): void {
    for (const { run } of running.values()) run?.pump();
  }

  async function halt(batchId: number, next: Halt): Promise<void> {
    const entry = running.get(batchId);
    if (entry === undefined) return;
    entry.halt ??= next;
    entry.run?.halt(next);
    await entry.ended;
  }

  return {
    run(batch) {
      const already = running.get(batch.id);
      if (already !== undefined) return already.ended;
      const { promise: ended, resolve } = Promise.withResolvers<RunEnd>();
      const entry = { run: undefined, halt: undefined, begun: createMark(), ended };
      running.set(batch.id, entry);
      resolve(begin(batch, entry));
      return ended;
    },
    isRunning: (batchId) => running.has(batchId),
    ending: (batchId) => running.get(batchId)?.ended,
    halt,
    async withhold(batchId, seq, interruption) {
      await running.get(batchId)?.begun.promise;
      await running.get(batchId)?.run?.withhold(seq, interruption);
    },
    requeue: (batchId) => running.get(batchId)?.run?.requeue(),
    jobs: (batchId) => running.get(batchId)?.run?.jobs() ?? [],
    async idle() {
      while (running.size > 0) await Promise.allSettled([...running.values()].map(({ ended }) => ended));
    },
    async stop() {
      await Promise.all([...running.keys()].map((id) => halt(id, { kind: 'interrupted' })));
    },
  };
}

/** Logs a bug that ended the run, and pauses the batch, which can be resumed; rejects if that can't be written. */
async function pauseForBug({ log, journal, batches }: EngineDeps, batch: Batch, error: unknown): Promise<RunEnd> {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log('error', 'a batch ended unexpectedly', { batchId: batch.id, error: text });
  const message = `An error in Contact Sheet stopped this download; the log has it as batch ${batch.id}. Resume it: it goes on where it stopped.`;
  const stop = failure('internal', message);
  await journal.write(() => batches.setState(batch.id, 'paused', stop, null));
  return { kind: 'stopped', failure: stop };
}

function createMark(): Running['begun'] {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  return { promise, resolve: () => void resolve(undefined) };
}

/** Mends what a kill left, then runs until it is over, and once more where more came to be done meanwhile. */
async function runToItsEnd(
  parts: EngineDeps,
  hooks: EngineHooks,
  { batch, entry, freed }: { readonly batch: Batch; readonly entry: Running; readonly freed: () => void },
): Promise<RunEnd> {
  await recoverBatch(parts, batch);
  for (;;) {
    const run = runBatch(parts, batch, freed);
    entry.run = run;
    entry.begun.resolve();
    if (entry.halt !== undefined) run.halt(entry.halt);
    run.pump();
    const end = await run.ended;
    await parts.journal.flush();
    const concluded = await conclude(parts, hooks, batch, end);
    if (concluded !== undefined) return concluded;
  }
}

/** Writes what the end of the run means for the batch; undefined where there came more to do meanwhile. */
async function conclude(parts: EngineDeps, hooks: EngineHooks, batch: Batch, end: RunEnd): Promise<RunEnd | undefined> {
  if (end.kind === 'interrupted') return end;
  if (end.kind === 'cancelled') await changeMany(parts, batch, 'cancel');
  if (end.kind === 'finished') {
    const done = await hooks.afterwards(batch);
    if (!done.ok) return conclude(parts, hooks, batch, { kind: 'stopped', failure: done.error });
  }
  const { batches, clock, journal } = parts;
  return journal.write(() => {
    const { queued, waiting } = batches.counts(batch.id);
    const mayHaveMore = end.kind === 'finished' || end.kind === 'idle';
    if (mayHaveMore && queued.files + waiting.files > 0) return undefined;
    const stop = end.kind === 'stopped' ? end.failure : null;
    const state = end.kind === 'finished' || end.kind === 'cancelled' ? end.kind : 'paused';
    batches.setState(batch.id, state, stop, state === 'paused' ? null : clock.now());
    return end;
  });
}

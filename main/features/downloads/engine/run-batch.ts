import type { Batch } from '../../../domain/transfer/batch.ts';
import type { Failure } from '../../../domain/failure.ts';
import { createTimer } from './timer.ts';
import type { EngineDeps } from './engine-parts.ts';
import { createInFlight, type InFlight } from './in-flight.ts';
import { createSlots } from './slots.ts';
import { createQueue, type Queue } from './queue.ts';
import type { Interruption, Job } from './run-transfer.ts';
import { stopForError } from './stop-reasons.ts';
import type { Outcome } from './attempt.ts';

/** How a run came to its end; `idle`: what is left of the batch is paused. */
export type RunEnd =
  | { readonly kind: 'finished' | 'idle' | 'interrupted' | 'paused' | 'cancelled' }
  /** Something that concerns every file. */
  | { readonly kind: 'stopped'; readonly failure: Failure };

export type Halt = Exclude<RunEnd, { readonly kind: 'finished' | 'idle' }>;

/** A bug, which is thrown on once nothing is in hand any more. */
type Crash = { readonly kind: 'crashed'; readonly error: unknown };

export type BatchRun = {
  /** Starts what may be started; to be called whenever that may have changed. */
  pump(): void;
  /** Takes back what is being fetched, and ends. The first halt counts. */
  halt(halt: Halt): void;
  /** Waits until the transfer is out of the engine's hands, interrupted where it still can be, and gives it out no more. */
  withhold(seq: number, interruption: Interruption | null): Promise<void>;
  /** Rows of the queue have changed, what was withheld among them. */
  requeue(): void;
  jobs(): Job[];
  /** All is written, nothing in flight. Rejects on a bug. */
  readonly ended: Promise<RunEnd>;
};

/** Files whose bytes are there and whose names are not. */
const mostFinishing = 256;

/**
 * Runs the batch until nothing of it is left to do; `pump` begins it. `freed` is called when a host has a free place,
 * which another batch may have waited for: it pumps all of them, this one too.
 */
export function runBatch(parts: EngineDeps, batch: Batch, freed: () => void): BatchRun {
  const { clock, hosts, batches } = parts;
  const places = createSlots(hosts, batch.options.concurrency);
  const hands = createInFlight(parts, batch, places, { ended: letGo, failed: fail, freed });
  const queue = createQueue(parts.transfers, batch, hands);
  const alarm = createTimer(clock, pump);
  const { promise: ended, resolve, reject } = Promise.withResolvers<RunEnd>();
  let halted: Halt | Crash | undefined;

  function letGo(job: Job, outcome: Outcome): void {
    if (outcome.kind === 'waiting') queue.wait(job);
    if (outcome.kind === 'stop') halt({ kind: 'stopped', failure: outcome.failure });
    pump();
  }

  function fail(error: unknown): void {
    const failure = stopForError(error);
    halt(failure === undefined ? { kind: 'crashed', error } : { kind: 'stopped', failure });
    pump();
  }

  function halt(next: Halt | Crash): void {
    const isFirst = halted === undefined;
    if (isFirst || next.kind === 'crashed') halted = next;
    if (!isFirst) return;
    alarm.set(undefined);
    hands.interruptAll('release');
  }

  function pump(): void {
    try {
      if (halted === undefined) startWhatMay();
      if (hands.size === 0) endIfOver();
    } catch (error) {
      fail(error);
    }
  }

  function endIfOver(): void {
    if (halted?.kind === 'crashed') reject(halted.error);
    else if (halted !== undefined) resolve(halted);
    else if (queue.isEmpty()) resolve({ kind: batches.counts(batch.id).paused.files > 0 ? 'idle' : 'finished' });
  }

  function startWhatMay(): void {
    const mayStart = ({ host }: Job): boolean => places.tryEnter(host, clock.now());
    while (hands.finishing() < mostFinishing) {
      const job = queue.take(mayStart, clock.now());
      if (job === undefined) break;
      hands.take(job);
    }
    alarm.set(queue.nextDue(hosts.heldUntil, clock.now()));
  }

  function haltNow(next: Halt): void {
    halt(next);
    pump();
  }

  function requeue(): void {
    queue.forget();
    pump();
  }

  return { pump, ended, requeue, halt: haltNow, jobs: hands.jobs, withhold: withholder(queue, hands) };
}

function withholder(queue: Queue, hands: InFlight): BatchRun['withhold'] {
  return async (seq, interruption) => {
    queue.withhold(seq);
    await hands.release(seq, interruption);
    // It may have been put back to wait.
    queue.withhold(seq);
  };
}

import type { Batch } from '../domain/batch.ts';
import type { Failure } from '../domain/failure.ts';
import type { EngineParts } from './engine-parts.ts';
import type { Hosts } from './hosts.ts';
import { createQueue } from './queue.ts';
import type { Interruption, Job } from './run-transfer.ts';
import { stopForError } from './stop-reasons.ts';
import { workOn, type Outcome } from './work-on.ts';

/** How a run came to its end; `idle`: what is left of the batch is paused. */
export type RunEnd =
  | { readonly kind: 'finished' | 'idle' | 'interrupted' | 'paused' | 'cancelled' }
  /** Something that concerns every file. */
  | { readonly kind: 'stopped'; readonly failure: Failure };

export type Halt = Exclude<RunEnd, { readonly kind: 'finished' | 'idle' }>;

export type BatchRun = {
  /** Starts what may be started; to be called whenever that may have changed. */
  pump(): void;
  /** Takes back what is being fetched, and ends. The first halt counts. */
  halt(halt: Halt): void;
  /** Waits until the transfer is out of the engine's hands, interrupted where it still can be, and gives it out no more. */
  withhold(seq: number, interruption: Interruption | null): Promise<void>;
  /** Rows of the queue have changed, what was withheld among them. */
  requeue(): void;
  jobs(): Iterable<Job>;
  /** All is written, nothing in flight. Rejects on a bug. */
  readonly ended: Promise<RunEnd>;
};

/** Files whose bytes are there and whose names are not. */
const mostFinishing = 128;

type InHand = { readonly job: Job; readonly done: Promise<unknown> };

/**
 * Runs the batch until nothing of it is left to do; `pump` begins it. `freed` is called when a host has a free place,
 * which another batch may have waited for: it pumps all of them, this one too.
 */
export function runBatch(parts: EngineParts, batch: Batch, freed: () => void): BatchRun {
  const { clock, hosts } = parts;
  const places = createPlaces(hosts, batch.options.concurrency);
  /** In the engine's hands, until the journal is on disk. */
  const inHand = new Map<number, InHand>();
  const queue = createQueue(parts.transfers, batch, inHand);
  const { promise: ended, resolve, reject } = Promise.withResolvers<RunEnd>();
  let fetching = 0;
  let halted: Halt | undefined;
  let alarm: { readonly at: number; readonly abort: AbortController } | undefined;

  const mayStart = ({ host }: Job): boolean => places.tryEnter(host, clock.now());

  function start(job: Job): void {
    fetching++;
    let isLeft = false;
    const leave = (): void => {
      if (isLeft) return;
      isLeft = true;
      fetching--;
      places.leave(job.host);
      freed();
    };
    const done = workOn(parts, batch, job, leave).then(
      (outcome) => letGo(job, outcome),
      (error: unknown) => letGoAfterError(job, error),
    );
    inHand.set(job.transfer.seq, { job, done });
  }

  function letGo(job: Job, outcome: Outcome): void {
    inHand.delete(job.transfer.seq);
    if (outcome.kind === 'waiting') queue.wait(job);
    if (outcome.kind === 'stop') halt({ kind: 'stopped', failure: outcome.failure });
    pump();
  }

  function letGoAfterError(job: Job, error: unknown): void {
    inHand.delete(job.transfer.seq);
    const failure = stopForError(error);
    if (failure === undefined) reject(error);
    halt(failure === undefined ? { kind: 'interrupted' } : { kind: 'stopped', failure });
    pump();
  }

  function pump(): void {
    if (halted === undefined) {
      while (inHand.size - fetching < mostFinishing) {
        const job = queue.take(mayStart, clock.now());
        if (job === undefined) break;
        start(job);
      }
      setAlarm();
    }
    if (inHand.size > 0) return;
    if (halted !== undefined) resolve(halted);
    else if (queue.isEmpty()) resolve({ kind: parts.batches.counts(batch.id).paused.files > 0 ? 'idle' : 'finished' });
  }

  /** Wakes for the next transfer whose wait is over. */
  function setAlarm(): void {
    const at = queue.nextDue(hosts.heldUntil, clock.now());
    if (at === alarm?.at) return;
    alarm?.abort.abort();
    alarm = undefined;
    if (at === undefined) return;
    const set = { at, abort: new AbortController() };
    alarm = set;
    const ring = (): void => {
      if (alarm === set) alarm = undefined;
      pump();
    };
    clock.sleep(Math.max(0, at - clock.now()), set.abort.signal).then(ring, () => undefined);
  }

  function halt(next: Halt): void {
    if (halted !== undefined) return;
    halted = next;
    alarm?.abort.abort();
    for (const { job } of inHand.values()) interruptJob(job, 'release');
  }

  return {
    pump,
    halt(next) {
      halt(next);
      pump();
    },
    async withhold(seq, interruption) {
      queue.withhold(seq);
      const held = inHand.get(seq);
      if (held === undefined) return;
      if (interruption !== null) interruptJob(held.job, interruption);
      await held.done;
      queue.withhold(seq);
    },
    requeue() {
      queue.forget();
      pump();
    },
    *jobs() {
      for (const { job } of inHand.values()) yield job;
    },
    ended,
  };
}

type Places = { tryEnter(host: string, now: number): boolean; leave(host: string): void };

/** A batch with a number of its own keeps to it, whatever others do; all else shares each host's pace. */
function createPlaces(hosts: Hosts, fixed: number | null): Places {
  if (fixed === null) return hosts;
  const inUse = new Map<string, number>();
  return {
    tryEnter(host, now) {
      const used = inUse.get(host) ?? 0;
      if (used >= fixed || hosts.heldUntil(host) > now) return false;
      inUse.set(host, used + 1);
      return true;
    },
    leave: (host) => void inUse.set(host, (inUse.get(host) ?? 1) - 1),
  };
}

function interruptJob(job: Job, interruption: Interruption): void {
  job.interruption ??= interruption;
  job.abort.abort();
}

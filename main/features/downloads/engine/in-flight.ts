import type { Batch } from '../../../domain/transfer/batch.ts';
import type { EngineDeps } from './engine-parts.ts';
import type { Slots } from './slots.ts';
import type { Interruption, Job } from './run-transfer.ts';
import { workOn, type Outcome } from './attempt.ts';

/** The transfers that a run is working on, from their start until the journal is on disk. */
export type InFlight = {
  readonly size: number;
  has(seq: number): boolean;
  /** Those whose bytes are there and whose names are not. */
  finishing(): number;
  take(job: Job): void;
  jobs(): Job[];
  interruptAll(interruption: Interruption): void;
  /** Resolves once the transfer is out of hand; it is interrupted where that is asked for and still possible. */
  release(seq: number, interruption: Interruption | null): Promise<void>;
};

export type InFlightHooks = {
  readonly ended: (job: Job, outcome: Outcome) => void;
  readonly failed: (error: unknown) => void;
  /** A host has a free place. */
  readonly freed: () => void;
};

/** `places` has been entered for every job that is taken. */
export function createInFlight(parts: EngineDeps, batch: Batch, places: Slots, hooks: InFlightHooks): InFlight {
  const held = new Map<number, { readonly job: Job; readonly done: Promise<void> }>();
  let fetching = 0;

  function take(job: Job): void {
    const { seq } = job.transfer;
    fetching++;
    let isLeft = false;
    const leave = (): void => {
      if (isLeft) return;
      isLeft = true;
      fetching--;
      places.leave(job.host);
      hooks.freed();
    };
    const done = workOn(parts, batch, job, leave)
      .then((outcome) => {
        held.delete(seq);
        hooks.ended(job, outcome);
      })
      .catch((error: unknown) => {
        held.delete(seq);
        hooks.failed(error);
      });
    held.set(seq, { job, done });
  }

  return {
    get size() {
      return held.size;
    },
    has: (seq) => held.has(seq),
    finishing: () => held.size - fetching,
    take,
    jobs: () => [...held.values()].map(({ job }) => job),
    interruptAll(interruption) {
      for (const { job } of held.values()) interrupt(job, interruption);
    },
    async release(seq, interruption) {
      const entry = held.get(seq);
      if (entry === undefined) return;
      if (interruption !== null) interrupt(entry.job, interruption);
      await entry.done;
    },
  };
}

function interrupt(job: Job, interruption: Interruption): void {
  job.interruption ??= interruption;
  job.abort.abort();
}

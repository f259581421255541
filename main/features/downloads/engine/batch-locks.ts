import { ok, type Result } from '../../../domain/result.ts';

export type BatchLock = { release(): void };

/** Takes the batch's lock among processes; `busy` says who has it. */
export type LockBatch = (batchUid: string) => Result<BatchLock>;

export type BatchLocks = {
  /** For this process; held until every hold of it is released. */
  take(batchUid: string): Result<BatchLock>;
  /** Runs one piece of work on a batch after the other; each sees what those before it have left. */
  inTurn<T>(batchUid: string, work: () => Promise<T>): Promise<T>;
};

/** One process a batch, and within it one change at a time. */
export function createBatchLocks(lock: LockBatch): BatchLocks {
  const held = new Map<string, { readonly lock: BatchLock; users: number }>();
  const turns = new Map<string, Promise<unknown>>();
  return {
    take(uid) {
      const mine = held.get(uid);
      if (mine === undefined) {
        const taken = lock(uid);
        if (!taken.ok) return taken;
        held.set(uid, { lock: taken.value, users: 1 });
      } else {
        mine.users++;
      }
      let isReleased = false;
      return ok({
        release() {
          const entry = held.get(uid);
          if (isReleased || entry === undefined) return;
          isReleased = true;
          entry.users--;
          if (entry.users > 0) return;
          held.delete(uid);
          entry.lock.release();
        },
      });
    },
    async inTurn(uid, work) {
      const before = turns.get(uid) ?? Promise.resolve();
      const turn = before.then(work, work);
      turns.set(uid, turn);
      try {
        return await turn;
      } finally {
        if (turns.get(uid) === turn) turns.delete(uid);
      }
    },
  };
}

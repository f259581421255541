import type { Batch } from '../domain/batch.ts';
import { nameImage } from '../domain/names.ts';
import type { Transfer } from '../domain/transfer.ts';
import type { TransferStore } from '../storage/transfer-store.ts';
import { newJob, type Job } from './run-transfer.ts';

/** What is to be fetched next: rows read ahead from the database, and those that wait for their time. */
export type Queue = {
  /** The next that may start now, by the caller's leave; those whose wait is over come first. */
  take(mayStart: (job: Job) => boolean, now: number): Job | undefined;
  /** It is in state `waiting`. */
  wait(job: Job): void;
  /** Nothing is queued and nothing waits. */
  isEmpty(): boolean;
  /** When the next wait will be over, a host's own hold included, in ms as the clock's; undefined where nothing waits. */
  nextDue(heldUntil: (host: string) => number, now: number): number | undefined;
  /** Does not give this one out until `forget`: its row is about to be changed. */
  withhold(seq: number): void;
  /** Forgets what was read: rows have changed. */
  forget(): void;
};

/** Read ahead, so that memory does not grow with the batch. */
const windowSize = 256;
const mostWaiting = 512;

/** `isInHand`: rows that may still be `queued` in the database, and are being worked on. */
export function createQueue(
  transfers: TransferStore,
  batch: Batch,
  isInHand: { readonly size: number; has(seq: number): boolean },
): Queue {
  let window: Job[] = [];
  let isRead = false;
  let isWaitRead = false;
  const waiting = new Map<number, Job>();

  const withheld = new Set<number>();

  const known = (seq: number): boolean => isInHand.has(seq) || waiting.has(seq) || withheld.has(seq);
  function refill(): void {
    if (!isWaitRead) {
      isWaitRead = true;
      for (const row of transfers.inState(batch.id, 'waiting', mostWaiting)) {
        if (!known(row.seq)) waiting.set(row.seq, toJob(row));
      }
    }
    if (isRead || window.length > windowSize / 2) return;
    const ahead = new Set(window.map(({ transfer }) => transfer.seq));
    const wanted = windowSize + ahead.size + isInHand.size + withheld.size;
    const rows = transfers.inState(batch.id, 'queued', wanted);
    isRead = rows.length < wanted;
    window = window.concat(rows.filter(({ seq }) => !ahead.has(seq) && !known(seq)).map(toJob));
  }

  return {
    take(mayStart, now) {
      refill();
      for (const [seq, job] of waiting) {
        if ((job.transfer.notBefore ?? 0) > now || !mayStart(job)) continue;
        waiting.delete(seq);
        return job;
      }
      if (waiting.size >= mostWaiting) return undefined;
      const index = window.findIndex(mayStart);
      return index < 0 ? undefined : window.splice(index, 1)[0];
    },
    wait: (job) => void waiting.set(job.transfer.seq, job),
    isEmpty() {
      refill();
      return window.length === 0 && waiting.size === 0;
    },
    nextDue(heldUntil, now) {
      let next = Infinity;
      const consider = (at: number): void => {
        if (at > now) next = Math.min(next, at);
      };
      for (const { host, transfer } of waiting.values()) consider(Math.max(transfer.notBefore ?? 0, heldUntil(host)));
      for (const host of new Set(window.map((job) => job.host))) consider(heldUntil(host));
      return next === Infinity ? undefined : next;
    },
    withhold(seq) {
      withheld.add(seq);
      waiting.delete(seq);
      window = window.filter(({ transfer }) => transfer.seq !== seq);
    },
    forget() {
      withheld.clear();
      window = [];
      isRead = false;
      waiting.clear();
      isWaitRead = false;
    },
  };
}

function toJob(transfer: Transfer): Job {
  return newJob(transfer, nameImage(transfer.url).host);
}

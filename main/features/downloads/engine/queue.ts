import type { Batch } from '../../../domain/transfer/batch.ts';
import { nameImage } from '../../../domain/files/names.ts';
import type { Transfer } from '../../../domain/transfer/transfer.ts';
import type { TransferStore } from '../../../adapters/storage/stores/transfer-store.ts';
import { newJob, type Job } from './run-transfer.ts';

/** What is to be fetched next: rows read ahead from the database, and those that wait for their time. */
export type Queue = {
  /** The next that may start now, by the caller's leave; those whose wait is over come first. */
  take(mayStart: (job: Job) => boolean, now: number): Job | undefined;
  /** It is in state `waiting`. */
  wait(job: Job): void;
  /** Nothing is queued, nothing waits and nothing is withheld, whose row may be queued again. */
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

type Ahead = {
  window: Job[];
  /** Of the window, and some that it has no more of. */
  hosts: ReadonlySet<string>;
  /** Everything queued is in the window, or in hand. */
  isRead: boolean;
  isWaitingRead: boolean;
  readonly waiting: Map<number, Job>;
  readonly withheld: Set<number>;
};

/** `inHand`: rows that may still be `queued` in the database, and are being worked on. */
export function createQueue(
  transfers: TransferStore,
  batch: Batch,
  inHand: { readonly size: number; has(seq: number): boolean },
): Queue {
  const ahead: Ahead = {
    window: [],
    hosts: new Set(),
    isRead: false,
    isWaitingRead: false,
    waiting: new Map(),
    withheld: new Set(),
  };
  const { waiting, withheld } = ahead;

  function readAhead(): void {
    const isKnown = (seq: number): boolean => inHand.has(seq) || waiting.has(seq) || withheld.has(seq);
    if (!ahead.isWaitingRead) {
      const rows = transfers.inState(batch.id, 'waiting', mostWaiting);
      for (const row of rows) if (!isKnown(row.seq)) waiting.set(row.seq, toJob(row));
      ahead.isWaitingRead = true;
    }
    if (ahead.isRead || ahead.window.length > windowSize / 2) return;
    const inWindow = new Set(ahead.window.map(({ transfer }) => transfer.seq));
    const wanted = windowSize + inWindow.size + inHand.size + withheld.size;
    const rows = transfers.inState(batch.id, 'queued', wanted);
    ahead.isRead = rows.length < wanted;
    ahead.window = ahead.window.concat(rows.filter(({ seq }) => !inWindow.has(seq) && !isKnown(seq)).map(toJob));
    ahead.hosts = new Set(ahead.window.map(({ host }) => host));
  }

  return {
    take(mayStart, now) {
      readAhead();
      return takeDue(waiting, mayStart, now) ?? (waiting.size < mostWaiting ? takeFirst(ahead, mayStart) : undefined);
    },
    wait: (job) => void waiting.set(job.transfer.seq, job),
    isEmpty() {
      readAhead();
      return ahead.window.length === 0 && waiting.size === 0 && withheld.size === 0;
    },
    nextDue: (heldUntil, now) => nextDue(ahead, heldUntil, now),
    withhold(seq) {
      withheld.add(seq);
      waiting.delete(seq);
      ahead.window = ahead.window.filter(({ transfer }) => transfer.seq !== seq);
    },
    forget() {
      withheld.clear();
      waiting.clear();
      Object.assign(ahead, { window: [], isRead: false, isWaitingRead: false });
    },
  };
}

function takeDue(waiting: Map<number, Job>, mayStart: (job: Job) => boolean, now: number): Job | undefined {
  for (const [seq, job] of waiting) {
    if ((job.transfer.notBefore ?? 0) > now || !mayStart(job)) continue;
    waiting.delete(seq);
    return job;
  }
  return undefined;
}

function takeFirst({ window, hosts }: Ahead, mayStart: (job: Job) => boolean): Job | undefined {
  const full = new Set<string>();
  for (const [index, job] of window.entries()) {
    if (full.has(job.host)) continue;
    if (mayStart(job)) return window.splice(index, 1)[0];
    full.add(job.host);
    if (full.size === hosts.size) break;
  }
  return undefined;
}

function nextDue({ waiting, hosts }: Ahead, heldUntil: (host: string) => number, now: number): number | undefined {
  let next = Infinity;
  const consider = (at: number): void => {
    if (at > now) next = Math.min(next, at);
  };
  for (const { host, transfer } of waiting.values()) consider(Math.max(transfer.notBefore ?? 0, heldUntil(host)));
  for (const host of hosts) consider(heldUntil(host));
  return next === Infinity ? undefined : next;
}

function toJob(transfer: Transfer): Job {
  return newJob(transfer, nameImage(transfer.url).host);
}

import type { FetchCode } from '../network/fetch-problem.ts';

export const transferStates = [
  'queued',
  'active',
  'waiting',
  'paused',
  'verifying',
  'done',
  'skipped',
  'failed',
  'cancelled',
] as const;
export type TransferState = (typeof transferStates)[number];

/** Why a file was not fetched, or not kept, although nothing went wrong. */
export const skipCodes = ['identical', 'exists', 'saved-before', 'not-selected'] as const;
export type SkipCode = (typeof skipCodes)[number];

/** `unplaceable`: the bytes are whole, but no file of that name can be made there. */
export type ReasonCode = FetchCode | SkipCode | 'unplaceable';

export type TransferReason = {
  readonly code: ReasonCode;
  /** A plain sentence. */
  readonly message: string;
  /** Whether trying again may work without anyone changing anything. */
  readonly canRetry: boolean;
};

/** The part of a transfer that the machine moves. */
export type TransferStatus = {
  readonly state: TransferState;
  /** Attempts made that count, from 0. */
  readonly attempt: number;
  /** Why it waits, was skipped or failed. */
  readonly reason: TransferReason | null;
  /** ms since the epoch; only while waiting. */
  readonly notBefore: number | null;
};

export type TransferEvent =
  | { readonly kind: 'start' }
  /** `counts`: the attempt was the file's own failure (a stall that moved on, a busy host are not). */
  | { readonly kind: 'wait'; readonly reason: TransferReason; readonly until: number; readonly counts: boolean }
  /** Taken back without a fault of the file: the app ends, the batch pauses, the disk is full. */
  | { readonly kind: 'release' }
  /** The bytes are whole and checked; where they will stand is about to be journalled. */
  | { readonly kind: 'verify' }
  | { readonly kind: 'done' }
  | { readonly kind: 'skip'; readonly reason: TransferReason }
  | { readonly kind: 'fail'; readonly reason: TransferReason }
  | { readonly kind: 'pause' }
  | { readonly kind: 'resume' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'retry' }
  /** A process died; what is on disk does not prove the file. */
  | { readonly kind: 'recover' };

/** What a person may ask of a transfer. */
export const transferActions = ['pause', 'resume', 'cancel', 'retry'] as const;
export type TransferAction = (typeof transferActions)[number];

type Kind = TransferEvent['kind'];
type EventOf<K extends Kind> = Extract<TransferEvent, { readonly kind: K }>;
/** A move is only ever given the event that it is listed under. */
type Move = (status: TransferStatus, event: TransferEvent) => TransferStatus;
type Moves = { readonly [K in Kind]?: (status: TransferStatus, event: EventOf<K>) => TransferStatus };

export const newTransfer: TransferStatus = { state: 'queued', attempt: 0, reason: null, notBefore: null };

/** The one table that the engine, the buttons and the words go by; what is not in it cannot happen. */
const table: { readonly [S in TransferState]: Moves } = {
  queued: {
    start: begin,
    skip: (status, { reason }) => settle('skipped', status, reason),
    pause: (status) => settle('paused', status),
    cancel: (status) => settle('cancelled', status),
  },
  active: {
    wait: (status, { reason, until, counts }) => ({
      ...settle('waiting', counts ? status : giveBack(status), reason),
      notBefore: until,
    }),
    release: (status) => settle('queued', giveBack(status)),
    verify: (status) => settle('verifying', status),
    skip: (status, { reason }) => settle('skipped', status, reason),
    fail: (status, { reason }) => settle('failed', status, reason),
    pause: (status) => settle('paused', giveBack(status)),
    cancel: (status) => settle('cancelled', status),
    recover: (status) => settle('queued', giveBack(status)),
  },
  waiting: {
    start: begin,
    resume: (status) => settle('queued', status),
    pause: (status) => settle('paused', status),
    cancel: (status) => settle('cancelled', status),
  },
  paused: {
    resume: (status) => settle('queued', status),
    cancel: (status) => settle('cancelled', status),
  },
  verifying: {
    // The name was taken meanwhile: it will stand elsewhere.
    verify: (status) => settle('verifying', status),
    done: (status) => settle('done', status),
    skip: (status, { reason }) => settle('skipped', status, reason),
    fail: (status, { reason }) => settle('failed', status, reason),
    release: (status) => settle('queued', giveBack(status)),
    recover: (status) => settle('queued', giveBack(status)),
  },
  done: {},
  skipped: {},
  failed: { retry: () => newTransfer },
  cancelled: { retry: () => newTransfer },
};

/** The transfer after the event, or undefined where the event can't happen in its state. */
export function transition(status: TransferStatus, event: TransferEvent): TransferStatus | undefined {
  const move = table[status.state][event.kind] as Move | undefined;
  return move?.(status, event);
}

/** The buttons of a transfer in this state. */
export function allowedActions(state: TransferState): readonly TransferAction[] {
  return transferActions.filter((action) => table[state][action] !== undefined);
}

/** The states that the action applies to: what a change of many rows selects by. */
export function statesAllowing(action: TransferAction): readonly TransferState[] {
  return transferStates.filter((state) => table[state][action] !== undefined);
}

/** Reasons whose cause the user can remove before a retry; others without `canRetry` stay, such as a missing file. */
export const mendable: readonly ReasonCode[] = [
  'tls-refused',
  'proxy-refused',
  'disk-full',
  'not-writable',
  'unplaceable',
];

/** Returns whether a retry of a transfer that failed or was cancelled for this reason can help. */
export function canHelp(reason: (Pick<TransferReason, 'canRetry'> & { readonly code: string }) | null): boolean {
  return reason === null || reason.canRetry || mendable.some((code) => code === reason.code);
}

/** Nothing more happens by itself: the batch is finished when all of its transfers are. */
export function isSettled(state: TransferState): boolean {
  return state === 'done' || state === 'skipped' || state === 'failed' || state === 'cancelled';
}

function begin(status: TransferStatus): TransferStatus {
  return { ...settle('active', status), attempt: status.attempt + 1 };
}

function settle(state: TransferState, status: TransferStatus, reason: TransferReason | null = null): TransferStatus {
  return { state, attempt: status.attempt, reason, notBefore: null };
}

/** No fault of the file, so the attempt is not counted. */
function giveBack(status: TransferStatus): TransferStatus {
  return { ...status, attempt: Math.max(0, status.attempt - 1) };
}

/** One file of a batch. Paths are below the destination, with forward slashes. */
export type Transfer = TransferStatus & {
  readonly batchId: number;
  /** From 0, in the order of the selection. */
  readonly seq: number;
  readonly accountId: number;
  readonly imageId: number;
  readonly url: string;
  readonly sizeText: string;
  /** The image's own name. */
  readonly name: string;
  /** Where the plan puts it. */
  readonly path: string;
  /** Where the plan keeps it if another file is found at its path. */
  readonly besidePath: string | null;
  /** What the plan, or the engine, did with its name; what is odd about its content. */
  readonly note: string | null;
  /** Its content must be a picture. */
  readonly picture: boolean;
  /** Expected until `bytesExact`; null where nothing is known. */
  readonly bytes: number | null;
  readonly bytesExact: boolean;
  /** What the part file may be continued with. */
  readonly validator: string | null;
  /** ms since the epoch. */
  readonly lastModified: number | null;
  /** 64 hexadecimal digits. */
  readonly sha256: string | null;
  /** What the bytes are: 'png', 'jpeg', … */
  readonly type: string | null;
  /** Where it stands, from `verifying` on. */
  readonly finalPath: string | null;
};

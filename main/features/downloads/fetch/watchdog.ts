import type { Clock } from '../../../ports/clock.ts';

/** Why a wait was given up: somebody's wish, or nothing having moved for too long. */
export type StopReason = 'cancelled' | 'stalled';

type Awaited = 'network' | 'disk';

/** Sees to it that one transfer can't wait for ever, whatever it waits for. It waits for one thing at a time. */
export type Watchdog = {
  /** Fires with either reason: for those who can stop by themselves. */
  readonly signal: AbortSignal;
  /** Settles with the promise, or throws `Stopped` first; `late` gets what comes after that. */
  network<T>(promise: Promise<T>, late?: (value: T) => void): Promise<T>;
  /** The same for the disk, which a wish to stop does not interrupt: what is half written helps nobody. */
  disk<T>(promise: Promise<T>, late?: (value: T) => void): Promise<T>;
  /** A wait that is meant to be and may be long; it must end by `signal`. */
  deliberate<T>(promise: Promise<T>): Promise<T>;
  stop(): void;
};

/** Thrown by waits that were given up; `waitedFor` says what would not come. */
export class Stopped extends Error {
  readonly reason: StopReason;
  readonly waitedFor: Awaited;
  constructor(reason: StopReason, waitedFor: Awaited) {
    super(`A transfer was ${reason} while it waited for the ${waitedFor}`);
    this.reason = reason;
    this.waitedFor = waitedFor;
  }
}

export type WatchdogSettings = {
  readonly clock: Clock;
  /** Without any movement for this long, or up to twice as long, the transfer is given up. */
  readonly patienceMs: number;
  readonly signal: AbortSignal;
};

type State = {
  readonly stopping: AbortController;
  /** Nothing more is waited for from the network. */
  stoppedBy: StopReason | undefined;
  /** Nothing more is waited for from the disk either. */
  isDiskHung: boolean;
  /** Things that were waited for and came. */
  moves: number;
  deliberateWaits: number;
  /** Ends the wait that is under way, if it heeds the reason. */
  giveUp: ((reason: StopReason) => void) | undefined;
};

export function createWatchdog({ clock, patienceMs, signal }: WatchdogSettings): Watchdog {
  const resting = new AbortController();
  const state: State = {
    stopping: new AbortController(),
    stoppedBy: undefined,
    isDiskHung: false,
    moves: 0,
    deliberateWaits: 0,
    giveUp: undefined,
  };
  const cancel = (): void => {
    fire(state, 'cancelled');
  };
  signal.addEventListener('abort', cancel, { once: true });
  if (signal.aborted) cancel();
  void watch(state, () => clock.sleep(patienceMs, resting.signal));
  return {
    signal: state.stopping.signal,
    network: (promise, late) => wait(state, promise, 'network', late),
    disk: (promise, late) => wait(state, promise, 'disk', late),
    async deliberate(promise) {
      state.deliberateWaits += 1;
      try {
        return await promise;
      } finally {
        state.deliberateWaits -= 1;
        state.moves += 1;
      }
    },
    stop() {
      signal.removeEventListener('abort', cancel);
      // A reason of its own, as the usual one is an exception with its stack for every file.
      resting.abort('over');
    },
  };
}

function fire(state: State, reason: StopReason): void {
  state.stoppedBy ??= reason;
  state.stopping.abort(new Stopped(reason, 'network'));
  state.giveUp?.(reason);
}

/** Goes on after it has fired: what is then still to be done on the disk must not hang either. */
async function watch(state: State, rest: () => Promise<void>): Promise<void> {
  for (;;) {
    const seen = state.moves;
    const isOver = await rest().then(
      () => false,
      () => true,
    );
    if (isOver) return;
    const isWaiting = state.giveUp !== undefined && state.deliberateWaits === 0;
    if (isWaiting && state.moves === seen) fire(state, 'stalled');
  }
}

/** No `Promise.race` with one long-lived promise, which would remember every wait of a large file. */
function wait<T>(state: State, promise: Promise<T>, waitedFor: Awaited, late?: (value: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    let isWaiting = true;
    const end = (): boolean => {
      const wasWaiting = isWaiting;
      if (isWaiting) state.giveUp = undefined;
      isWaiting = false;
      state.moves += 1;
      return wasWaiting;
    };
    state.giveUp = (reason) => {
      if (waitedFor === 'disk' && reason === 'cancelled') return;
      if (waitedFor === 'disk') state.isDiskHung = true;
      if (end()) reject(new Stopped(reason, waitedFor));
    };
    promise.then(
      (value) => {
        if (end()) resolve(value);
        else late?.(value);
      },
      (error: unknown) => {
        if (end()) reject(error instanceof Error ? error : new Error(String(error)));
      },
    );
    const stoppedBy = waitedFor === 'network' ? state.stoppedBy : state.isDiskHung ? 'stalled' : undefined;
    if (stoppedBy !== undefined) state.giveUp(stoppedBy);
  });
}

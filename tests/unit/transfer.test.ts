import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowedBatchActions, batchStates, nextBatchState, type BatchEvent } from '../../main/domain/transfer/batch.ts';
import { filePatience } from '../../main/domain/network/backoff.ts';
import {
  allowedActions,
  isSettled,
  newTransfer,
  statesAllowing,
  transferActions,
  transferStates,
  transition,
  type TransferEvent,
  type TransferStatus,
} from '../../main/domain/transfer/transfer.ts';
import { afterProblem } from '../../main/domain/transfer/transfer-retry.ts';
import type { FetchProblem } from '../../main/domain/network/fetch-problem.ts';

const reason = { code: 'not-found', message: 'It is not there.', canRetry: false } as const;

const events = fc.oneof(
  fc.constantFrom<TransferEvent>(
    ...(['start', 'release', 'verify', 'done', 'pause', 'resume', 'cancel', 'retry', 'recover'] as const).map(
      (kind) => ({ kind }),
    ),
    { kind: 'skip', reason },
    { kind: 'fail', reason },
  ),
  fc.record({
    kind: fc.constant('wait' as const),
    reason: fc.constant(reason),
    until: fc.nat(),
    counts: fc.boolean(),
  }),
);

/** Returns the statuses along a sequence of events. */
function run(course: readonly TransferEvent[]): TransferStatus[] {
  const seen = [newTransfer];
  for (const event of course) {
    const next = transition(seen.at(-1) ?? newTransfer, event);
    if (next !== undefined) seen.push(next);
  }
  return seen;
}

describe('the table of transitions', () => {
  it('leads every transfer to an end, and never counts an attempt below none', () => {
    fc.assert(
      fc.property(fc.array(events, { maxLength: 60 }), (course) => {
        for (const status of run(course)) {
          expect(status.attempt).toBeGreaterThanOrEqual(0);
          expect(status.notBefore === null).toBe(status.state !== 'waiting');
          if (status.state === 'skipped' || status.state === 'failed' || status.state === 'waiting')
            expect(status.reason).toEqual(reason);
          if (status.state === 'done' || status.state === 'queued') expect(status.reason).toBeNull();
        }
      }),
    );
  });

  it('lets nothing happen by itself to what is settled', () => {
    const byItself = ['start', 'release', 'verify', 'done', 'recover'] as const;
    for (const state of transferStates.filter(isSettled)) {
      for (const kind of byItself) expect(transition({ ...newTransfer, state }, { kind })).toBeUndefined();
    }
    expect(transferStates.filter(isSettled)).toEqual(['done', 'skipped', 'failed', 'cancelled']);
  });

  it('reaches `done` only from `verifying`', () => {
    const before = transferStates.filter(
      (state) => transition({ ...newTransfer, state }, { kind: 'done' }) !== undefined,
    );
    expect(before).toEqual(['verifying']);
  });

  it.each(['active', 'verifying'] as const)('gives a transfer that was %s at a kill its attempt back', (state) => {
    expect(transition({ ...newTransfer, state, attempt: 3 }, { kind: 'recover' })).toMatchObject({
      state: 'queued',
      attempt: 2,
    });
  });

  it('offers the buttons that do something', () => {
    const offered = Object.fromEntries(transferStates.map((state) => [state, allowedActions(state)]));
    expect(offered).toEqual({
      queued: ['pause', 'cancel'],
      active: ['pause', 'cancel'],
      waiting: ['pause', 'resume', 'cancel'],
      paused: ['resume', 'cancel'],
      verifying: [],
      done: [],
      skipped: [],
      failed: ['retry'],
      cancelled: ['retry'],
    });
    for (const action of transferActions) {
      expect(statesAllowing(action)).toEqual(transferStates.filter((state) => offered[state]?.includes(action)));
    }
  });
});

describe('a batch', () => {
  it('can always be brought back to running, and only from running to finished', () => {
    const anyEvent: readonly BatchEvent[] = ['ready', 'pause', 'stop', 'resume', 'finish', 'cancel', 'retry'];
    for (const state of batchStates) {
      expect(anyEvent.some((event) => nextBatchState(state, event) === 'running')).toBe(true);
      expect(nextBatchState(state, 'finish')).toBe(state === 'running' ? 'finished' : undefined);
    }
  });

  it('offers no button that would change nothing', () => {
    expect(allowedBatchActions('running')).toEqual(['pause', 'cancel', 'retry']);
    expect(allowedBatchActions('paused')).toEqual(['resume', 'cancel', 'retry']);
    expect(allowedBatchActions('finished')).toEqual(['retry']);
  });
});

describe('after a failed attempt', () => {
  const problem = (more: Partial<FetchProblem> = {}): FetchProblem => ({
    ...{ code: 'connection-lost', message: 'It broke off.', canRetry: true },
    ...more,
  });
  const seen = { now: 1_000, random: () => 0.5, advanced: false, hostServes: false };
  const active = (attempt: number): TransferStatus => ({ ...newTransfer, state: 'active', attempt });

  it('another one follows, four times in all', () => {
    for (let attempt = 1; attempt <= filePatience.retries; attempt++) {
      expect(afterProblem(active(attempt), problem(), seen)).toMatchObject({ kind: 'wait', counts: true });
    }
    expect(afterProblem(active(filePatience.retries + 1), problem(), seen)).toMatchObject({ kind: 'fail' });
  });

  it('nothing follows where it can’t help', () => {
    const event = afterProblem(active(1), problem({ code: 'not-found', canRetry: false }), seen);
    expect(event).toEqual({ kind: 'fail', reason: { code: 'not-found', message: 'It broke off.', canRetry: false } });
  });

  it('the server’s own Retry-After is kept to', () => {
    const event = afterProblem(active(1), problem({ code: 'throttled', retryAfterMs: 7_000 }), seen);
    expect(event).toMatchObject({ kind: 'wait', until: 8_000 });
  });

  it('a stall that moved on costs nothing and goes on at once; one that did not counts', () => {
    const stall = problem({ code: 'timed-out' });
    expect(afterProblem(active(9), stall, { ...seen, advanced: true })).toMatchObject({
      kind: 'wait',
      until: 1_000,
      counts: false,
    });
    expect(afterProblem(active(9), stall, seen)).toMatchObject({ kind: 'fail' });
  });

  it('a host that throttles while it serves others costs nothing', () => {
    const throttled = problem({ code: 'throttled' });
    expect(afterProblem(active(9), throttled, { ...seen, hostServes: true })).toMatchObject({
      kind: 'wait',
      counts: false,
    });
    expect(afterProblem(active(9), throttled, seen)).toMatchObject({ kind: 'fail' });
  });
});

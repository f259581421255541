import { describe, expect, test } from 'vitest';
import { actionsInBatch, batchStates, stateInBatch } from '../../main/domain/transfer/batch.ts';
import { canHelp, isSettled, transferStates } from '../../main/domain/transfer/transfer.ts';

const running = { state: 'running', isWorkedOn: true } as const;
const left = { state: 'running', isWorkedOn: false } as const;
const paused = { state: 'paused', isWorkedOn: false } as const;
const gone = { code: 'not-found', canRetry: false };
const lost = { code: 'connection-lost', canRetry: true };

describe('a transfer in its batch', () => {
  test('of a paused batch is paused, and offers no Pause', () => {
    for (const state of transferStates.filter((each) => !isSettled(each))) {
      expect([state, stateInBatch({ state }, paused)]).toEqual([state, 'paused']);
      expect([state, actionsInBatch({ state, reason: lost }, paused)]).toEqual([state, ['cancel']]);
    }
  });

  test('of a batch that nothing works on is queued, whatever was under way', () => {
    for (const state of ['queued', 'active', 'waiting', 'verifying'] as const) {
      expect(stateInBatch({ state }, left)).toBe('queued');
    }
    expect(stateInBatch({ state: 'paused' }, left)).toBe('paused');
  });

  test('of a batch that runs is as it is', () => {
    for (const state of transferStates) expect(stateInBatch({ state }, running)).toBe(state);
    expect(actionsInBatch({ state: 'waiting', reason: lost }, running)).toEqual(['pause', 'resume', 'cancel']);
    expect(actionsInBatch({ state: 'paused', reason: null }, running)).toEqual(['resume', 'cancel']);
  });

  test('stays as it ended, whatever the batch does', () => {
    for (const state of transferStates.filter(isSettled)) {
      for (const batch of batchStates) expect(stateInBatch({ state }, { state: batch, isWorkedOn: false })).toBe(state);
    }
  });

  test('is retried where that can help: not where the server has no such file, but once the disk can be written', () => {
    expect(actionsInBatch({ state: 'failed', reason: gone }, running)).toEqual([]);
    expect(actionsInBatch({ state: 'failed', reason: lost }, running)).toEqual(['retry']);
    expect(actionsInBatch({ state: 'cancelled', reason: null }, running)).toEqual(['retry']);
    for (const code of ['refused', 'not-a-picture', 'redirect-loop', 'not-permitted', 'unexpected-answer']) {
      expect([code, canHelp({ code, canRetry: false })]).toEqual([code, false]);
    }
    for (const code of ['unplaceable', 'not-writable', 'disk-full', 'tls-refused']) {
      expect([code, canHelp({ code, canRetry: false })]).toEqual([code, true]);
    }
  });
});

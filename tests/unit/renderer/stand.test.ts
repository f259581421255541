import { describe, expect, test } from 'vitest';
import { batchStates } from '../../../main/domain/transfer/batch.ts';
import { transferActions, transferStates } from '../../../main/domain/transfer/transfer.ts';
import english from '../../../main/messages/en.json' with { type: 'json' };
import {
  batchButtons,
  batchStatuses,
  canGoOn,
  isWorking,
  statusOf,
  type StatusBatch,
} from '../../../renderer/transfers/batches/batch-status.ts';
import {
  actionText,
  fileFilters,
  filterText,
  statusText,
  transferText,
} from '../../../renderer/transfers/transfer-text.ts';

const batch = { state: 'running', isStopped: false, failed: 0, retryable: 0, unsettled: 5, paused: 0 } as const;
const silent = { isLive: false, isWaiting: false };
const live = { isLive: true, isWaiting: false };

test('every state, stand, filter and action has words', () => {
  const labels = [
    ...batchStatuses.map((stand) => statusText[stand].label),
    ...transferStates.map((state) => transferText[state].label),
    ...fileFilters.map((filter) => filterText[filter]),
    ...transferActions.map((action) => actionText[action]),
  ];
  expect(labels.filter((label) => !(label in english))).toEqual([]);
});

describe('how a batch stands', () => {
  test.each([
    [batch, live, 'running'],
    [batch, { isLive: true, isWaiting: true }, 'waiting'],
    [batch, silent, 'interrupted'],
    [{ ...batch, paused: 5 }, silent, 'held'],
    [{ ...batch, paused: 4 }, silent, 'interrupted'],
    [{ ...batch, state: 'paused' }, silent, 'paused'],
    [{ ...batch, state: 'paused', paused: 5 }, silent, 'held'],
    [{ ...batch, state: 'paused', isStopped: true, paused: 5 }, silent, 'stopped'],
    [{ ...batch, state: 'finished', unsettled: 0 }, silent, 'finished'],
    [{ ...batch, state: 'finished', unsettled: 0, failed: 1 }, silent, 'incomplete'],
    [{ ...batch, state: 'cancelled' }, silent, 'cancelled'],
    [{ ...batch, state: 'preparing' }, silent, 'preparing'],
  ] as const)('%o, %o: %s', (one, activity, stand) => {
    expect(statusOf(one, activity)).toBe(stand);
  });

  test('what works does not also wait to be resumed', () => {
    expect(batchStatuses.filter((stand) => isWorking(stand) && canGoOn(stand))).toEqual([]);
  });
});

describe('its buttons', () => {
  const buttonsOf = (one: StatusBatch, activity = silent) => batchButtons(one, statusOf(one, activity));

  test('one that runs is paused or cancelled, one that was left is resumed or cancelled', () => {
    expect(buttonsOf(batch, live)).toEqual(['pause', 'cancel']);
    expect(buttonsOf(batch)).toEqual(['resume', 'cancel']);
    expect(buttonsOf({ ...batch, state: 'paused' })).toEqual(['resume', 'cancel']);
  });

  test('retry is there where something failed, and only there', () => {
    for (const state of batchStates) {
      expect(buttonsOf({ ...batch, state })).not.toContain('retry');
      const hasRetry = buttonsOf({ ...batch, state, failed: 2, retryable: 2 }).includes('retry');
      expect([state, hasRetry]).toEqual([state, state !== 'preparing']);
      // Nor if a retry can't help, as with a file that the server no longer has.
      expect(buttonsOf({ ...batch, state, failed: 2 })).not.toContain('retry');
    }
  });
});

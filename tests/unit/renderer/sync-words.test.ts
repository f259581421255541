import { describe, expect, test } from 'vitest';
import type { JournalEntry, SyncSnapshot } from '../../../main/contract/commands/syncs.ts';
import { createFormat } from '../../../main/messages/format.ts';
import { createTranslate } from '../../../main/messages/messages.ts';
import { firstSeenQuery } from '../../../renderer/syncs/first-seen-in.ts';
import { describeCost, describeSyncStatus, sumCosts, syncStatus } from '../../../renderer/syncs/sync-text.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';

const translate = createTranslate('en');
const words = { translate, format: createFormat('en', translate) };
const minuteMs = 60_000;

const sync: SyncSnapshot = {
  ...{ syncId: 1, accountId: 1, account: 'Brand', waiting: null, page: 3, pages: 12, calls: 3, added: 240 },
  ...{ changed: 0, gone: 0, malformed: 0, present: 300, total: 1200, complete: false, failure: null },
  state: 'running',
};
const entry: JournalEntry = {
  ...{ id: 1, accountId: 1, mode: 'incremental', startedAt: 0, endedAt: 0, calls: 1, added: 0, changed: 0 },
  ...{ gone: 0, malformed: 0, total: 1200, present: 1199, complete: true, failure: null },
  state: 'done',
};

describe('what a sync will cost', () => {
  test.each([
    [{ least: 1, whole: 26 }, '1 call if nothing is new, 26 for a full sync'],
    [{ least: 1, whole: 1 }, '1 call'],
    [{ least: 1, whole: null }, 'one call for each 100 images'],
  ])('%o: %s', (cost, text) => {
    expect(describeCost(cost, words)).toBe(text);
  });

  test('several accounts add up, as far as all are known', () => {
    const known = { least: 1, whole: 26 };
    expect(sumCosts([known, { least: 1, whole: 4 }])).toEqual({ least: 2, whole: 30 });
    expect(sumCosts([known, { least: 1, whole: null }])).toEqual({ least: 2, whole: null });
  });
});

describe('how an account stands', () => {
  const say = (...[now, last]: Parameters<typeof syncStatus>) =>
    describeSyncStatus(syncStatus(now, last), 2 * minuteMs, words);

  type Stood = readonly [SyncSnapshot | undefined, JournalEntry | undefined, string];
  test.each([
    [undefined, undefined, 'Never synced'],
    [undefined, entry, 'Synced 2 minutes ago · 1 call'],
    [undefined, { ...entry, calls: 20, added: 2000 }, 'Synced 2 minutes ago · 20 calls · 2,000 new'],
    [undefined, { ...entry, state: 'failed' }, 'Sync failed 2 minutes ago · 1 call'],
    [undefined, { ...entry, state: 'running' }, 'Another process is syncing'],
    [sync, entry, 'Page 3 of 12 · 3 calls · 240 new'],
    [{ ...sync, page: null }, entry, 'Syncing · 3 calls · 240 new'],
    [{ ...sync, state: 'done' }, entry, 'Synced 2 minutes ago · 1 call'],
  ] satisfies readonly Stood[])('%#: %s', (now, last, text) => {
    expect(say(now, last)).toBe(text);
  });

  test('waiting says why, and for how long', () => {
    const waiting = { until: 2 * minuteMs + 14_000, why: 'QuestionPro asks to wait.' };
    expect(say({ ...sync, state: 'waiting', waiting }, entry)).toBe('Continues in 0:14: QuestionPro asks to wait.');
  });
});

describe('the query for what came with a sync', () => {
  test('is its day and its account', () => {
    const startedAt = new Date(2026, 10, 24, 14).getTime();
    const query = firstSeenQuery({ startedAt, endedAt: startedAt + minuteMs }, 'Brand "A" team');
    expect(query).toMatch(/^seen:2026-11-24 account:/);
    expect(parseQuery(query).mistakes).toEqual([]);
  });

  test('is two days where the sync ran past midnight', () => {
    const startedAt = new Date(2026, 10, 24, 23, 59).getTime();
    const query = firstSeenQuery({ startedAt, endedAt: startedAt + 5 * minuteMs }, 'Brand');
    expect(query).toBe('seen:2026-11-24..2026-11-25 account:"Brand"');
    expect(parseQuery(query).mistakes).toEqual([]);
  });
});

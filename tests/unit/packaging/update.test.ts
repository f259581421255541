import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nextUpdate, noUpdateYet, type Update, type UpdateEvent } from '../../../main/domain/update.ts';

const offer = { version: '2.0.0', notes: 'New.', bytes: 5 };
const events: readonly UpdateEvent[] = [
  { kind: 'check' },
  { kind: 'current', at: 1 },
  { kind: 'found', offer, at: 2 },
  { kind: 'download' },
  { kind: 'progress', fraction: 0.5 },
  { kind: 'downloaded' },
  { kind: 'install' },
  { kind: 'unheard' },
  { kind: 'failed', message: 'No.' },
];

function after(kinds: readonly UpdateEvent['kind'][], start = noUpdateYet): Update | undefined {
  return kinds.reduce<Update | undefined>((update, kind) => {
    const event = events.find((one) => one.kind === kind);
    return update && event && nextUpdate(update, event);
  }, start);
}

describe('an update', () => {
  test('goes one way: found, brought, installed', () => {
    expect(after(['check', 'current'])).toEqual({ ...noUpdateYet, state: 'current', checkedAt: 1 });
    expect(after(['check', 'found'])).toEqual({ ...noUpdateYet, state: 'available', offer, checkedAt: 2 });
    expect(after(['check', 'found', 'download', 'progress'])).toMatchObject({ state: 'downloading', fraction: 0.5 });
    expect(after(['check', 'found', 'download', 'downloaded', 'install'])).toMatchObject({
      state: 'installing',
      offer,
    });
  });

  test('that failed can be tried again: from where it was found, or anew', () => {
    expect(after(['check', 'unheard'])).toEqual(noUpdateYet);
    expect(after(['check', 'failed'])).toMatchObject({ state: 'failed', message: 'No.' });
    expect(after(['check', 'failed', 'download'])).toBeUndefined();
    expect(after(['check', 'found', 'download', 'failed', 'download'])).toMatchObject({
      state: 'downloading',
      message: null,
    });
    expect(after(['check', 'found', 'download', 'downloaded', 'install', 'failed', 'check'])).toMatchObject({
      offer: null,
    });
  });

  test('is nothing where there are none', () => {
    for (const { kind } of events) expect(after([kind], { ...noUpdateYet, state: 'absent' })).toBeUndefined();
  });

  test('is never brought or installed unasked, and its progress never runs back', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 40 }), (taken) => {
        let update: Update = noUpdateYet;
        const happened: string[] = [];
        for (const event of taken) {
          const next = nextUpdate(update, event);
          if (next === undefined) continue;
          happened.push(event.kind);
          if (next.state === 'downloading') expect(happened).toContain('download');
          if (next.state === 'ready') expect(happened.at(-1)).toBe('downloaded');
          if (next.state === 'installing') expect(happened.at(-1)).toBe('install');
          if (event.kind === 'progress') expect(next.fraction).toBeGreaterThanOrEqual(update.fraction ?? 0);
          if (next.state === 'available' || next.state === 'ready') expect(next.offer).toEqual(offer);
          update = next;
        }
      }),
    );
  });
});

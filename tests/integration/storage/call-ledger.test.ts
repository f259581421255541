import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCallLedger } from '../../../main/adapters/storage/stores/call-ledger.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('the call ledger', () => {
  it('lets 300 calls a minute of each key through, shared by two processes', () => {
    const folder = temporaryFolder();
    const [one, two] = [createCallLedger(openTestDatabase(folder)), createCallLedger(openTestDatabase(folder))];
    const key = one.fingerprint('secret-key');
    expect(two.fingerprint('secret-key')).toBe(key);
    for (let call = 0; call < 300; call++) {
      expect((call % 2 === 0 ? one : two).reserve(key, 1000 + call).waitMs).toBe(0);
    }
    expect(one.reserve(key, 2000).waitMs).toBe(59_000);
    expect(two.reserve(two.fingerprint('other'), 2000).waitMs).toBe(0);
    expect(two.reserve(key, 61_000).waitMs).toBe(0);
    expect(one.reserve(key, 61_000).waitMs).toBe(1);
  });

  it('never lets more than 300 calls into any 60 seconds', () => {
    const ledger = createCallLedger(openTestDatabase(temporaryFolder()));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 900 }), { minLength: 350, maxLength: 700 }),
        fc.uuid(),
        (steps, key) => {
          let now = 1_000_000;
          const made: number[] = [];
          for (const step of steps) {
            now += step;
            if (ledger.reserve(key, now).waitMs === 0) made.push(now);
          }
          for (let index = 300; index < made.length; index++) {
            expect(Number(made[index]) - Number(made[index - 300])).toBeGreaterThanOrEqual(60_000);
          }
        },
      ),
      { numRuns: 10 },
    );
  });

  it('holds everyone with the key until the time that the server named', () => {
    const ledger = createCallLedger(openTestDatabase(temporaryFolder()));
    const key = ledger.fingerprint('k');
    ledger.holdUntil(key, 5000);
    ledger.holdUntil(key, 4000);
    expect(ledger.reserve(key, 1000).waitMs).toBe(4000);
    expect(ledger.reserve(key, 5000).waitMs).toBe(0);
  });

  it('keeps no key that could be read', () => {
    const folder = temporaryFolder();
    const database = openTestDatabase(folder);
    const ledger = createCallLedger(database);
    ledger.reserve(ledger.fingerprint('super-secret'), 1);
    const rows = JSON.stringify(database.connection.prepare('SELECT * FROM calls').all());
    expect(rows).not.toContain('super-secret');
  });
});

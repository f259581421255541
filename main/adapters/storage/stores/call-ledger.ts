import { createHash } from 'node:crypto';
import type { CallLedger } from '../../../ports/call-ledger.ts';
import type { Database } from '../database/database.ts';

const windowMs = 60_000;
/** No server's wait is obeyed for longer: what is further ahead is a clock that was set back. */
const longestHoldMs = 24 * 60 * 60 * 1000;
/** The API's documented limit for one key. */
const callsPerWindow = 300;

/** The calls of the last minute, kept in the catalogue so that every process and account with a key shares one count. */
export function createCallLedger(database: Database): CallLedger {
  const { connection } = database;
  const salt = String(connection.prepare("SELECT value FROM meta WHERE name = 'salt'").get()?.['value']);
  const forget = connection.prepare('DELETE FROM calls WHERE at <= ? OR at > ?');
  const count = connection.prepare('SELECT count(*) AS calls, min(at) AS oldest FROM calls WHERE key_fingerprint = ?');
  const add = connection.prepare('INSERT INTO calls (key_fingerprint, at) VALUES (?, ?)');
  const held = connection.prepare('SELECT until FROM holds WHERE key_fingerprint = ?');
  const hold = connection.prepare(
    'INSERT INTO holds VALUES (?, ?) ON CONFLICT DO UPDATE SET until = max(until, excluded.until)',
  );
  const heldMs = (key: string, now: number): number => {
    const until = Number(held.get(key)?.['until'] ?? 0);
    return until <= now + longestHoldMs ? Math.max(0, until - now) : 0;
  };
  return {
    heldMs,
    reserve(key, now) {
      return database.transaction(() => {
        const waitMs = heldMs(key, now);
        if (waitMs > 0) return { waitMs };
        // A clock that was set back must not block for longer than the window.
        forget.run(now - windowMs, now + windowMs);
        const used = count.get(key);
        if (Number(used?.['calls']) >= callsPerWindow) return { waitMs: Number(used?.['oldest']) + windowMs - now };
        add.run(key, now);
        return { waitMs: 0 };
      });
    },
    holdUntil(key, until) {
      hold.run(key, until);
    },
    fingerprint(key) {
      return createHash('sha256').update(`${salt}:${key}`).digest('hex').slice(0, 32);
    },
  };
}

import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import type { ImageKey, Measured } from '../../../domain/image/image.ts';
import type { Database } from '../database/database.ts';

/**
 * What was learned of images from their bytes. Opens no transaction: a caller's own may hold it. Of an image whose account
 * was erased meanwhile nothing is kept, which is no failure: many others share the transaction.
 */
export type FactStore = {
  /** Also takes back that the image is broken. */
  recordMeasured(key: ImageKey, measured: Measured): void;
  /** Its last fetch failed for good; null takes that back. */
  recordBroken(key: ImageKey, problem: Pick<FetchProblem, 'code' | 'message'> | null): void;
  /** Images whose size an earlier version measured without their orientation. */
  toMeasure(limit: number): ImageKey[];
  /** Null where it can't be measured now: it is forgotten. */
  correctSize(key: ImageKey, size: Pick<Measured, 'width' | 'height'> | null): void;
};

export function createFactStore({ connection }: Database, now: () => number): FactStore {
  // A row is missing only where the library came back from an older backup: it was seen now, by no sync.
  const begin = connection.prepare(
    `INSERT OR IGNORE INTO own.facts (account_id, image_id, first_seen, first_sync)
     SELECT id, ?2, ?3, 0 FROM own.accounts WHERE id = ?1`,
  );
  const measure = connection.prepare(
    `UPDATE own.facts SET exact_bytes = ?, sha256 = ?, width = ?, height = ?, type = ?, animated = ?,
     broken_code = NULL, broken_message = NULL WHERE account_id = ? AND image_id = ?`,
  );
  const breakdown = connection.prepare(
    'UPDATE own.facts SET broken_code = ?, broken_message = ? WHERE account_id = ? AND image_id = ?',
  );
  const waiting = connection.prepare('SELECT account_id, image_id FROM own.facts_to_measure LIMIT ?');
  const measured = connection.prepare('DELETE FROM own.facts_to_measure WHERE account_id = ? AND image_id = ?');
  const correct = connection.prepare(
    'UPDATE own.facts SET width = ?, height = ? WHERE account_id = ? AND image_id = ? AND width <> height',
  );
  return {
    toMeasure: (limit) =>
      waiting.all(limit).map((row) => ({ accountId: Number(row['account_id']), id: Number(row['image_id']) })),
    correctSize({ accountId, id }, size) {
      correct.run(size?.width ?? null, size?.height ?? null, accountId, id);
      measured.run(accountId, id);
    },
    recordMeasured({ accountId, id }, { exactBytes, sha256, width, height, type, animated }) {
      const hash = sha256 === null ? null : Buffer.from(sha256, 'hex');
      const moves = animated === null ? null : Number(animated);
      begin.run(accountId, id, now());
      measure.run(exactBytes, hash, width, height, type, moves, accountId, id);
      measured.run(accountId, id);
    },
    recordBroken({ accountId, id }, problem) {
      begin.run(accountId, id, now());
      breakdown.run(problem?.code ?? null, problem?.message ?? null, accountId, id);
    },
  };
}

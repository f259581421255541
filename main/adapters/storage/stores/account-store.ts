import { randomInt } from 'node:crypto';
import type { Account, AccountKind } from '../../../domain/account/account.ts';
import { vaultTiers } from '../../../domain/account/vault-tier.ts';
import type { Database } from '../database/database.ts';
import { eraseAccount, eraseUnfinished } from './erase-account.ts';
import type { TimeSlices } from '../database/time-slices.ts';

export type NewAccount = Omit<Account, 'id'> & { readonly sampleCount: number };
export type AccountChange = Partial<Pick<Account, 'name' | 'colour' | 'vault'>>;

export type StoredAccount = Account & { readonly sampleCount: number };

export type AccountStore = {
  /** Accounts in the order in which they were added, without the removed ones. */
  list(): StoredAccount[];
  /** Undefined where the name is taken. */
  add(account: NewAccount, now: number): StoredAccount | undefined;
  /** False where the new name is taken. */
  change(id: number, change: AccountChange): boolean;
  /** Its images, facts and journal stay; it is listed no more. */
  retire(id: number, now: number): void;
  /** Removed accounts whose catalogue was kept: still searched, listed no more. */
  retired(): StoredAccount[];
  /** Makes `account` of the retired one with the same name, origin and user, with all that was kept of it. */
  revive(account: NewAccount): StoredAccount | undefined;
  /** Everything of it goes; nobody finds it from the first turn on. */
  erase(id: number): TimeSlices<undefined>;
  /** What a kill left of accounts that were being erased. */
  eraseUnfinished(): TimeSlices<undefined>;
};

/** Names that differ only by case are the same name. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

export function createAccountStore(database: Database): AccountStore {
  const { connection } = database;
  const all = connection.prepare('SELECT * FROM own.accounts WHERE removed_at IS NULL ORDER BY created_at, rowid');
  const byName = connection.prepare('SELECT id FROM own.accounts WHERE removed_at IS NULL AND name_key = ?');
  const insert = connection.prepare(
    `INSERT INTO own.accounts (id, uid, name, name_key, kind, origin, user_id, colour, vault, sample_count, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const retired = connection.prepare(
    'SELECT * FROM own.accounts WHERE removed_at IS NOT NULL ORDER BY created_at, rowid',
  );
  const list = () => all.all().map(toAccount);
  const find = (id: number) => list().find((account) => account.id === id);
  return {
    list,
    add(account, now) {
      return database.transaction(() => {
        if (byName.get(nameKey(account.name)) !== undefined) return undefined;
        const id = unusedId(database);
        insert.run(
          id,
          ...[account.uid, account.name, nameKey(account.name), account.kind, account.origin, account.userId],
          ...[account.colour, account.vault, account.sampleCount, now],
        );
        return find(id);
      });
    },
    change: (id, change) => changeAccount(database, id, change),
    retire(id, now) {
      connection.prepare('UPDATE own.accounts SET removed_at = ? WHERE id = ?').run(now, id);
    },
    retired: () => retired.all().map(toAccount),
    revive(account) {
      return database.transaction(() => {
        const kept = retired
          .all()
          .map(toAccount)
          .findLast((other) => isSameLibrary(other, account));
        if (kept === undefined || byName.get(nameKey(account.name)) !== undefined) return undefined;
        connection
          .prepare(
            `UPDATE own.accounts SET removed_at = NULL, uid = ?, name = ?, colour = ?, vault = ?, sample_count = ?
             WHERE id = ?`,
          )
          .run(account.uid, account.name, account.colour, account.vault, account.sampleCount, kept.id);
        return find(kept.id);
      });
    },
    erase: (id) => eraseAccount(database, id),
    eraseUnfinished: () => eraseUnfinished(database),
  };
}

/** By chance, and small, as it stands in every row of the catalogue; none that either file has rows of. */
function unusedId({ connection }: Database): number {
  const used = connection.prepare(
    `SELECT EXISTS (SELECT 1 FROM own.accounts WHERE id = ?1) OR EXISTS (SELECT 1 FROM main.walks WHERE account_id = ?1)
     OR EXISTS (SELECT 1 FROM main.images WHERE account_id = ?1) OR EXISTS (SELECT 1 FROM own.facts WHERE account_id = ?1)
     OR EXISTS (SELECT 1 FROM own.gone_images WHERE account_id = ?1)
     OR EXISTS (SELECT 1 FROM own.syncs WHERE account_id = ?1) AS used`,
  );
  for (;;) {
    const id = randomInt(1, 2 ** 23);
    if (used.get(id)?.['used'] === 0) return id;
  }
}

function isSameLibrary(one: NewAccount, other: NewAccount): boolean {
  const names = nameKey(one.name) === nameKey(other.name);
  return names && one.kind === other.kind && one.origin === other.origin && one.userId === other.userId;
}

function changeAccount(database: Database, id: number, change: AccountChange): boolean {
  return database.transaction(() => {
    if (change.name !== undefined) {
      const taken = database.connection
        .prepare('SELECT id FROM own.accounts WHERE removed_at IS NULL AND name_key = ? AND id <> ?')
        .get(nameKey(change.name), id);
      if (taken !== undefined) return false;
    }
    database.connection
      .prepare(
        `UPDATE own.accounts SET name = coalesce(?, name), name_key = coalesce(?, name_key),
         colour = coalesce(?, colour),
         vault = coalesce(?, vault) WHERE id = ?`,
      )
      .run(
        change.name ?? null,
        change.name === undefined ? null : nameKey(change.name),
        ...[change.colour ?? null, change.vault ?? null, id],
      );
    return true;
  });
}

function toAccount(row: Record<string, unknown>): StoredAccount {
  const tier = vaultTiers.find((name) => name === row['vault']);
  if (tier === undefined) throw new Error('An account names an unknown vault');
  const kind: AccountKind = row['kind'] === 'sample' ? 'sample' : 'questionpro';
  return {
    id: Number(row['id']),
    uid: String(row['uid']),
    name: String(row['name']),
    kind,
    origin: String(row['origin']),
    userId: String(row['user_id']),
    colour: String(row['colour']),
    vault: tier,
    sampleCount: Number(row['sample_count']),
  };
}

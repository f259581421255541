import { expect, it } from 'vitest';
import { createAccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { createFactStore } from '../../../main/adapters/storage/stores/fact-store.ts';
import { atOnce } from '../../support/at-once.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('keeps nothing of an account that was erased while its files were fetched, and fails nobody else', () => {
  const database = openTestDatabase(temporaryFolder());
  const accounts = createAccountStore(database);
  const facts = createFactStore(database, () => 5);
  const add = (name: string) => {
    const kind = 'questionpro' as const;
    const known = { uid: name, name, kind, origin: 'https://www.questionpro.com', userId: '1' };
    return accounts.add({ ...known, colour: '#123456', vault: 'none', sampleCount: 0 }, 1)?.id ?? 0;
  };
  const [kept, erased] = [add('Kept'), add('Erased')];
  atOnce(accounts.erase(erased));
  const measured = { exactBytes: 7, sha256: null, type: 'png', width: 4, height: 3, animated: false };
  database.transaction(() => {
    facts.recordMeasured({ accountId: kept, id: 1 }, measured);
    facts.recordMeasured({ accountId: erased, id: 2 }, measured);
    facts.recordBroken({ accountId: erased, id: 3 }, { code: 'not-found', message: 'It is not there.' });
  });
  const rows = database.connection.prepare('SELECT image_id AS id, exact_bytes AS bytes FROM own.facts').all();
  expect(rows.map((row) => ({ ...row }))).toEqual([{ id: 1, bytes: 7 }]);
});

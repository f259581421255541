import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { createAccountStore } from '../../../main/adapters/storage/stores/account-store.ts';
import { openTestDatabase } from '../../support/open-database.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const about = { kind: 'questionpro', origin: 'https://api.questionpro.com', userId: '1', colour: '#112233' } as const;

it('gives a new account of a lost library none of the images of an old one', () => {
  const folder = temporaryFolder();
  const first = openTestDatabase(folder);
  const old = createAccountStore(first).add({ uid: 'a', name: 'First', ...about, vault: 'none', sampleCount: 0 }, 1);
  first.connection
    .prepare('INSERT INTO main.images (account_id, id, url, size_text, mark) VALUES (?, 1, ?, ?, 1)')
    .run(old?.id ?? 0, 'https://example.com/a.png', '1 Kb');
  first.close();
  for (const name of ['library.sqlite', 'backups']) rmSync(join(folder, name), { recursive: true });
  const second = openTestDatabase(folder);
  for (let count = 0; count < 20; count++) {
    const about20 = { uid: `b${count}`, name: `Other ${count}`, ...about, vault: 'none', sampleCount: 0 } as const;
    expect(createAccountStore(second).add(about20, 2)?.id).not.toBe(old?.id);
  }
});

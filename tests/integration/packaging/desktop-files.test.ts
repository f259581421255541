import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { capture } from '../../../build/bootstrap/processes.mjs';
import { metainfo } from '../../../build/packaging/linux/metainfo.mjs';
import { testNeeding } from '../../support/lawful-skip.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

testNeeding('linux', 'what software centres are told is as AppStream wants it', async () => {
  const file = join(temporaryFolder(), 'io.github.contactsheet.ContactSheet.metainfo.xml');
  writeFileSync(file, metainfo({ version: '1.2.3', date: '2026-11-25' }));
  const { code, output } = await capture('appstreamcli', ['validate', '--no-net', file]);
  expect(code, output).toBe(0);
});

import { expect, it } from 'vitest';
import { createCore } from '../../main/core.ts';
import { systemClock } from '../../main/hosts/shared/node/system-clock.ts';
import { createNetwork } from '../../main/adapters/network/network.ts';
import { must } from '../support/core.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

it('tells who asks at the very end that it ends, which is no error in the program', async () => {
  const folder = temporaryFolder();
  const log: string[] = [];
  const core = must(
    createCore({
      folders: { data: folder, cache: `${folder}/cache`, logs: `${folder}/logs` },
      clock: systemClock,
      random: Math.random,
      network: createNetwork({}),
      createLog: () => (level, message) => void log.push(`${level}: ${message}`),
      passphrase: () => Promise.resolve(undefined),
      holder: { pid: process.pid, command: 'a test' },
      platform: process.platform,
      environment: {},
      version: '0.0.0',
      electron: undefined,
    }),
  );
  must(await core.call('sample.add', { name: 'Sample', count: 3 }));
  await core.close();
  expect(await core.call('accounts.list', {})).toMatchObject({ ok: false, error: { code: 'cancelled' } });
  expect(log).toEqual([]);
});

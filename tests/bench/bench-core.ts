import { join } from 'node:path';
import process from 'node:process';
import { createCore, type Core } from '../../main/core.ts';
import { systemClock } from '../../main/hosts/shared/node/system-clock.ts';
import { createNetwork } from '../../main/adapters/network/network.ts';
import { value } from './figures.ts';

/** Opens a complete core on the folder, as the command line does. */
export function openCore(home: string): Core {
  return value(
    createCore({
      folders: { data: home, cache: join(home, 'cache'), logs: join(home, 'logs') },
      clock: systemClock,
      random: Math.random,
      network: createNetwork({}),
      createLog: () => () => undefined,
      passphrase: () => Promise.resolve(undefined),
      holder: { pid: process.pid, command: 'a benchmark' },
      platform: process.platform,
      environment: {},
      version: 'bench',
      electron: undefined,
    }),
  );
}

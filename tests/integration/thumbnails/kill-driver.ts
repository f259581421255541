/** Opens the thumbnails of images in a process that may be killed: `node kill-driver.ts '{"folder", "accountId", "ids"}'`. */
import { createCore } from '../../../main/core.ts';
import { systemClock } from '../../../main/hosts/shared/node/system-clock.ts';
import { createNetwork } from '../../../main/adapters/network/network.ts';

export type DriverSettings = { readonly folder: string; readonly accountId: number; readonly ids: readonly number[] };

const { folder, accountId, ids } = JSON.parse(process.argv[2] ?? '') as DriverSettings;
const core = createCore({
  folders: { data: folder, cache: `${folder}/cache`, logs: `${folder}/logs` },
  clock: systemClock,
  random: Math.random,
  network: createNetwork({}),
  createLog: () => () => undefined,
  passphrase: () => Promise.resolve(undefined),
  holder: { pid: process.pid, command: 'a driver' },
  platform: process.platform,
  environment: {},
  version: '0.0.0',
  electron: undefined,
});
if (!core.ok) throw new Error(core.error.message);
const { openPicture, close } = core.value;
const { signal } = new AbortController();
await Promise.all(ids.map((id) => openPicture('thumbnail', { accountId, id }, signal)));
await close();

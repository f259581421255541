import { onTestFinished } from 'vitest';
import type { CoreDeps } from '../../main/composition/core-deps.ts';
import { createCore, type Core } from '../../main/core.ts';
import { systemClock } from '../../main/hosts/shared/node/system-clock.ts';
import { createNetwork } from '../../main/adapters/network/network.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Opens a complete core on real files in its own folder, closed when the test finishes. */
export function openTestCore(changes: Partial<CoreDeps> = {}): { core: Core; folder: string; log: string[] } {
  const folder = changes.folders?.data ?? temporaryFolder();
  const log: string[] = [];
  const core = createCore({
    folders: { data: folder, cache: `${folder}/cache`, logs: `${folder}/logs` },
    clock: systemClock,
    random: Math.random,
    network: createNetwork({}),
    createLog: (redact) => (level, message, details) =>
      void log.push(redact(JSON.stringify({ level, message, details }))),
    passphrase: () => Promise.resolve(undefined),
    holder: { pid: process.pid, command: 'a test' },
    platform: process.platform,
    environment: {},
    version: '0.0.0',
    electron: undefined,
    ...changes,
  });
  if (!core.ok) throw new Error(core.error.message);
  onTestFinished(() => core.value.close());
  return { core: core.value, folder, log };
}

/** Returns the value of a result, or throws its failure. */
export function must<T>(result: { ok: true; value: T } | { ok: false; error: { code: string; message: string } }): T {
  if (result.ok) return result.value;
  throw new Error(`${result.error.code}: ${result.error.message}`);
}

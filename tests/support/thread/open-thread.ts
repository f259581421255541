import { onTestFinished } from 'vitest';
import type { Core } from '../../../main/core.ts';
import { openCoreThread } from '../../../main/hosts/shared/core-thread/core-thread.ts';
import type { CoreThreadDeps } from '../../../main/hosts/shared/core-thread/start-thread.ts';
import { must } from '../core.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export type ThreadBench = {
  readonly core: Core;
  readonly folder: string;
  /** The host's own log entries. */
  readonly log: string[];
  readonly lost: Promise<Error>;
};

/** Opens a complete core in its thread, on real files in its own folder, closed when the test finishes. */
export async function openTestThread(changes: Partial<CoreThreadDeps> = {}): Promise<ThreadBench> {
  const folder = changes.folders?.data ?? temporaryFolder();
  const log: string[] = [];
  const lost = Promise.withResolvers<Error>();
  const core = must(
    await openCoreThread({
      folders: { data: folder, cache: `${folder}/cache`, logs: `${folder}/logs` },
      holder: { pid: process.pid, command: 'a test' },
      electron: undefined,
      log: (level, message, details) => void log.push(JSON.stringify({ level, message, details })),
      lost: lost.resolve,
      ...changes,
    }),
  );
  onTestFinished(() => core.close());
  return { core, folder, log, lost: lost.promise };
}

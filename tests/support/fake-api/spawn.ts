import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ControlCommand } from './control.ts';
import type { ServeSettings } from './serve.ts';
import type { RecordedRequest } from './traffic.ts';

export type SpawnedFakeApi = {
  readonly origin: string;
  readonly otherOrigin: string;
  tell(command: ControlCommand): Promise<unknown>;
  requests(): Promise<readonly RecordedRequest[]>;
  close(): Promise<void>;
};

/** Starts a fake API in a child process, for tests that keep this process busy or kill others. */
export async function spawnFakeApi(settings: ServeSettings = {}): Promise<SpawnedFakeApi> {
  const script = fileURLToPath(new URL('serve.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(settings)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const exited = once(child, 'exit');
  const first = await Promise.race([once(lines, 'line'), exited.then(() => ['{}'])]);
  const {
    origin = '',
    otherOrigin = '',
    control = '',
  } = JSON.parse(String(first[0])) as Partial<Record<string, string>>;
  if (control === '') throw new Error('The fake API did not start.');

  async function tell(command: ControlCommand): Promise<unknown> {
    const response = await fetch(control, { method: 'POST', body: JSON.stringify(command) });
    if (!response.ok) throw new Error(await response.text());
    return response.json();
  }

  return {
    origin,
    otherOrigin,
    tell,
    requests: async () => (await tell({ do: 'requests' })) as readonly RecordedRequest[],
    async close() {
      child.stdin.end();
      await exited;
    },
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { acquireLock } from '../../../main/adapters/storage/database/process-lock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const holder = { pid: process.pid, command: 'contact-sheet sync' };

describe('a process lock', () => {
  it('is held once, says by whom, and is free again after release', () => {
    const folder = temporaryFolder();
    const first = acquireLock(folder, 'sync-a', holder, 0);
    expect(first.ok).toBe(true);
    const second = acquireLock(folder, 'sync-a', holder, 0);
    expect(second).toMatchObject({ ok: false, error: { code: 'busy' } });
    if (!second.ok) expect(second.error.message).toContain(`process ${process.pid} (contact-sheet sync`);
    expect(acquireLock(folder, 'sync-b', holder, 0)).toMatchObject({ ok: true });
    if (first.ok) first.value.release();
    expect(acquireLock(folder, 'sync-a', holder, 0)).toMatchObject({ ok: true });
  });

  it('is given back by the system when its process is killed', async () => {
    const folder = temporaryFolder();
    const module = new URL('../../../main/adapters/storage/database/process-lock.ts', import.meta.url).href;
    const script = `import { acquireLock } from ${JSON.stringify(module)};
      globalThis.held = acquireLock(${JSON.stringify(folder)}, 'sync-a', { pid: process.pid, command: 'other' }, 0);
      console.log('held'); setInterval(() => {}, 1000);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    await once(child.stdout, 'data');
    expect(acquireLock(folder, 'sync-a', holder, 0)).toMatchObject({ ok: false });
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(acquireLock(folder, 'sync-a', holder, 0)).toMatchObject({ ok: true });
  });
});

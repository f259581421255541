import type { App } from 'electron';
import { expect, test } from 'vitest';
import { keepCrashLog } from '../../../main/hosts/electron/diagnostics/crash-log.ts';
import { createAppLifecycle, type AppLifecycleDeps } from '../../../main/hosts/electron/app/app-lifecycle.ts';
import { createNativeTexts } from '../../../main/hosts/electron/app/texts.ts';
import { createEmitter } from '../../support/rig/stand-in/emitter.ts';

const words = createNativeTexts(['en']);
const busy = { running: 1, fraction: 0.5, unsettled: 3, syncs: 0 };

function open(changes: Partial<AppLifecycleDeps> = {}) {
  const events = createEmitter('app', ['before-quit', 'child-process-gone']);
  const done: string[] = [];
  const app = {
    ...events.listening,
    exit: (code?: number) => void done.push(`exit ${code}`),
    quit: () => void events.allows('before-quit'),
  };
  const life = createAppLifecycle({
    ...{ app, words, platform: 'linux', activity: () => busy, closingWay: async () => 'ask' },
    dialog: { showMessageBox: async () => ({ response: 2, checkboxChecked: true }) },
    syncStops: () => void done.push('sync stops'),
    rememberWay: async (way) => void done.push(`remember ${way}`),
    goToBackground: () => void done.push('background'),
    end: async () => void done.push('end'),
    failed: (error) => void done.push(String(error)),
    ...changes,
  });
  let prevented = 0;
  return {
    life,
    done,
    quit: app.quit,
    close: () => life.closing({ preventDefault: () => (prevented += 1) }),
    prevented: () => prevented,
  };
}

test('closing what is asked about, and cancelled, changes nothing and remembers nothing', async () => {
  const asked = Promise.withResolvers<undefined>();
  const app = open({
    dialog: {
      async showMessageBox() {
        asked.resolve(undefined);
        return { response: 2, checkboxChecked: true };
      },
    },
  });
  app.close();
  app.close();
  await asked.promise;
  await expect.poll(app.prevented).toBe(2);
  expect(app.done).toEqual([]);
});

test('a Mac’s window is only hidden, whatever is under way', () => {
  const app = open({ platform: 'darwin', activity: () => ({ ...busy, running: 0 }) });
  app.close();
  expect([app.done, app.prevented()]).toEqual([['background'], 1]);
});

test('what was remembered is done unasked, and the system’s end always is', async () => {
  const background = open({ closingWay: async () => 'background' });
  background.close();
  await expect.poll(() => background.done).toEqual(['background']);
  const syncing = open({ closingWay: async () => 'quit', activity: () => ({ ...busy, running: 0, syncs: 1 }) });
  syncing.close();
  await expect.poll(() => syncing.done).toEqual(['sync stops', 'end', 'exit 0']);
  const updated = open({ activity: () => ({ ...busy, syncs: 1 }) });
  updated.life.expectEnd();
  updated.quit();
  await expect.poll(() => updated.done).toEqual(['end', 'exit 0']);
  const quit = open({ closingWay: async () => 'quit' });
  quit.close();
  await expect.poll(() => quit.done).toEqual(['end', 'exit 0']);
  const shutdown = open();
  shutdown.life.leaveQuietly();
  await expect.poll(() => shutdown.done).toEqual(['end', 'exit 0']);
});

test('a dialog that fails is told of and leaves the app as it was', async () => {
  const app = open({ dialog: { showMessageBox: () => Promise.reject(new Error('no screen')) } });
  app.close();
  await expect.poll(() => app.done).toEqual(['Error: no screen']);
});

test('whatever breaks down is written where the user can read it, and said', () => {
  const process = createEmitter('process', ['uncaughtException', 'unhandledRejection']);
  const events = createEmitter('app', ['child-process-gone']);
  const log: string[] = [];
  const told: string[] = [];
  const app = { ...events.listening, exit: (code?: number) => void told.push(`exit ${code}`) } as Pick<
    App,
    'on' | 'exit'
  >;
  const crashLog = keepCrashLog(process.listening, {
    ...{ app, words, logFolder: '/logs' },
    log: (_level, _message, details) => void log.push(JSON.stringify(details)),
    tell: (title, content) => void told.push(`${title}: ${content}`),
  });
  process.emit('unhandledRejection', new Error('first'));
  events.emit('child-process-gone', {}, { type: 'GPU', reason: 'crashed', exitCode: 5 });
  events.emit('child-process-gone', {}, { type: 'Utility', reason: 'clean-exit', exitCode: 0 });
  expect(log).toEqual([
    expect.stringContaining('first'),
    expect.stringContaining('The GPU process ended: crashed (5).'),
  ]);
  expect(told).toEqual([]);
  crashLog.logBy((error) => `by the core: ${String(error)}`);
  process.emit('uncaughtException', new Error('last'));
  expect(log).toHaveLength(2);
  expect(told).toEqual([
    expect.stringMatching(/^Contact Sheet had to end: .*\/logs.*by the core: Error: last/u),
    'exit 1',
  ]);
  crashLog.breakDown(new Error('the core was lost'));
  expect(told.slice(2)).toEqual([expect.stringContaining('the core was lost'), 'exit 1']);
});

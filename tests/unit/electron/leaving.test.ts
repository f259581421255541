import { expect, test } from 'vitest';
import { closeBeforeQuit, decideQuit } from '../../../main/hosts/electron/app/quit.ts';
import { createEmitter } from '../../support/rig/stand-in/emitter.ts';

function createLeaving(close: () => Promise<void>, mayLeave = () => Promise.resolve(true)) {
  const events = createEmitter('app', ['before-quit']);
  const exits: (number | undefined)[] = [];
  const failures: unknown[] = [];
  const app = { ...events.listening, exit: (code?: number) => void exits.push(code) };
  closeBeforeQuit(app, { mayLeave, close, failed: (error) => void failures.push(error) });
  return { wish: () => events.allows('before-quit'), exits, failures };
}

test('the app ends when the core has closed, once, however often it is asked to', async () => {
  const closing = Promise.withResolvers<undefined>();
  let closes = 0;
  const leaving = createLeaving(async () => {
    closes += 1;
    await closing.promise;
  });
  expect([leaving.wish(), leaving.wish()]).toEqual([false, false]);
  expect(leaving.exits).toEqual([]);
  closing.resolve(undefined);
  await expect.poll(() => leaving.exits).toEqual([0]);
  expect(leaving.wish()).toBe(false);
  expect(closes).toBe(1);
  expect(leaving.failures).toEqual([]);
});

test('a core that fails to close is told of, and the app ends all the same', async () => {
  const broken = new Error('the disk is gone');
  const leaving = createLeaving(() => Promise.reject(broken));
  leaving.wish();
  await expect.poll(() => leaving.exits).toEqual([0]);
  expect(leaving.failures).toEqual([broken]);
});

test('who is asked and says no goes on, and may be asked again', async () => {
  const answers = [false, true];
  const leaving = createLeaving(
    async () => undefined,
    async () => answers.shift() ?? false,
  );
  leaving.wish();
  await expect.poll(() => answers).toEqual([true]);
  await expect
    .poll(() => {
      leaving.wish();
      return leaving.exits;
    })
    .toEqual([0]);
});

test('nobody is asked while nothing is under way, and a background that was chosen is no end', () => {
  for (const wish of ['close', 'quit'] as const) {
    for (const way of ['ask', 'background', 'quit'] as const)
      expect(decideQuit(wish, way, { running: 0, syncs: 0 })).toBe('leave');
    expect(decideQuit(wish, 'ask', { running: 1, syncs: 0 })).toBe('ask');
    expect(decideQuit(wish, 'quit', { running: 1, syncs: 1 })).toBe('leave');
  }
  expect(decideQuit('close', 'background', { running: 0, syncs: 1 })).toBe('background');
  expect(decideQuit('quit', 'background', { running: 2, syncs: 1 })).toBe('ask');
  expect(decideQuit('close', 'ask', { running: 0, syncs: 1 })).toBe('ask');
  expect(decideQuit('quit', 'ask', { running: 0, syncs: 1 })).toBe('leave');
});

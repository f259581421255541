import { expect, test } from 'vitest';
import { closeBeforeQuit } from '../../../main/hosts/electron/leaving.ts';
import { createEmitter } from '../../support/rig/stand-in/emitter.ts';

function createLeaving(close: () => Promise<void>) {
  const events = createEmitter('app', ['before-quit']);
  const exits: (number | undefined)[] = [];
  const failures: unknown[] = [];
  const app = { ...events.listening, exit: (code?: number) => void exits.push(code) };
  closeBeforeQuit(app, close, (error) => failures.push(error));
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

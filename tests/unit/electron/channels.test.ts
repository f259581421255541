import { EventEmitter } from 'node:events';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { describe, expect, test } from 'vitest';
import type { EventMessage } from '../../../main/contract/events.ts';
import { ok } from '../../../main/domain/result.ts';
import { answerCall, openIpcEndpoint, type Sender } from '../../../main/hosts/electron/ipc/ipc-endpoint.ts';
import { forwardEvents, type Receiver } from '../../../main/hosts/electron/ipc/event-channel.ts';

const ours = { url: 'app://contact-sheet/', parent: null };
const ask = { name: 'accounts.list', input: {} };

/** A dispatch that returns its arguments. */
const echo = async (name: string, input: unknown) => ok([name, input]);

describe('the channel in', () => {
  test('answers the interface', async () => {
    expect(await answerCall(ours, ask, echo)).toEqual(ok(['accounts.list', {}]));
  });

  const others: readonly (readonly [string, Sender])[] = [
    ['a frame that is gone', null],
    ['a frame inside a page', { ...ours, parent: ours }],
    ['another page', { ...ours, url: 'https://contact-sheet/' }],
    ['a page that is called alike', { ...ours, url: 'app://contact-sheet.evil.example/' }],
  ];
  test.each(others)('refuses %s, and asks the core nothing', async (_who, sender) => {
    let asked = 0;
    const dispatch = async () => ok((asked += 1));
    expect(await answerCall(sender, ask, dispatch)).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
    expect(asked).toBe(0);
  });

  test.each([undefined, null, 7, {}, ['accounts.list']])('refuses the name %j', async (name) => {
    const answer = await answerCall(ours, { name, input: {} }, echo);
    expect(answer).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
  });

  test('is one channel, which judges the frame that Electron names', async () => {
    const handlers = new Map<string, Parameters<IpcMain['handle']>[1]>();
    openIpcEndpoint({ handle: (channel, listener) => void handlers.set(channel, listener) }, echo);
    expect([...handlers.keys()]).toEqual(['call']);
    const sender = new EventEmitter();
    const from = (senderFrame: Sender) => ({ senderFrame, sender }) as unknown as IpcMainInvokeEvent;
    const call = handlers.get('call');
    expect(await call?.(from(ours), 'a', 1)).toEqual(ok(['a', 1]));
    expect(await call?.(from({ ...ours, url: 'https://evil.example/' }), 'a', 1)).toMatchObject({ ok: false });
  });
});

test.each(['did-navigate', 'render-process-gone', 'destroyed'])('a page’s results go with it (%s)', async (end) => {
  const released: unknown[] = [];
  let last = 0;
  const handlers = new Map<string, Parameters<IpcMain['handle']>[1]>();
  openIpcEndpoint({ handle: (channel, listener) => void handlers.set(channel, listener) }, async (name, input) => {
    if (name === 'catalogue.release') released.push(input);
    return ok({ handle: (last += 1) });
  });
  const [one, other] = [new EventEmitter(), new EventEmitter()];
  const query = (sender: object) =>
    handlers.get('call')?.({ senderFrame: ours, sender } as unknown as IpcMainInvokeEvent, 'catalogue.query', {});
  await query(one);
  await query(other);
  await query(one);
  one.emit(end);
  expect(released).toEqual([{ handle: 1 }, { handle: 3 }]);
});

test('the channel out reaches every window that lives, until it is ended', () => {
  let publish: (message: EventMessage) => void = () => undefined;
  const got: string[] = [];
  const window = (name: string, { destroyed = false, pageGone = false } = {}): Receiver => ({
    isDestroyed: () => destroyed,
    webContents: {
      isDestroyed: () => pageGone,
      send: (channel, message) => void got.push(`${name} ${channel} ${message.revision}`),
    },
  });
  const windows = [
    window('one'),
    window('two'),
    window('closed', { destroyed: true }),
    window('ended', { pageGone: true }),
  ];
  const stop = forwardEvents(
    (receive) => {
      publish = receive;
      return () => (publish = () => undefined);
    },
    () => windows,
  );
  publish({ revision: 5, topic: 'accounts' });
  expect(got).toEqual(['one event 5', 'two event 5']);
  stop();
  publish({ revision: 6, topic: 'accounts' });
  expect(got).toHaveLength(2);
});

import { MessageChannel } from 'node:worker_threads';
import { expect, onTestFinished, test } from 'vitest';
import { createRpcChannel, type Answers, type RpcMessage } from '../../../main/hosts/shared/core-thread/rpc-channel.ts';

type Verbs = {
  double(number: number): Promise<number>;
  note(text: string): void;
  hold(nothing: undefined): Promise<string>;
  odd(nothing: undefined): unknown;
};

/** Opens both ends of an RPC channel over a real message channel, which clones messages. */
function openLine(answers: Partial<Answers<Verbs>>) {
  const { port1, port2 } = new MessageChannel();
  const near = createRpcChannel<Verbs, Verbs>((message) => port1.postMessage(message), {});
  const far = createRpcChannel<Verbs, Verbs>((message) => port2.postMessage(message), answers);
  port1.on('message', (message: RpcMessage) => near.receive(message));
  port2.on('message', (message: RpcMessage) => far.receive(message));
  onTestFinished(() => port1.close());
  return near;
}

test('each question gets its own answer, in whatever order they come', async () => {
  const held = Promise.withResolvers<undefined>();
  const line = openLine({
    async double(number) {
      if (number === 1) await held.promise;
      else held.resolve(undefined);
      return number * 2;
    },
  });
  const first = line.ask('double', 1);
  expect(await line.ask('double', 2)).toBe(4);
  expect(await first).toBe(2);
});

test('what is only told is told, before what is asked later', async () => {
  const notes: string[] = [];
  const line = openLine({ note: (text) => void notes.push(text), double: async (number) => number + notes.length });
  line.tell('note', 'one');
  expect(await line.ask('double', 0)).toBe(1);
  expect(notes).toEqual(['one']);
});

test('what is thrown there is thrown here, with its codes', async () => {
  const line = openLine({
    double: () => Promise.reject(Object.assign(new Error('full'), { code: 'ERR_SQLITE_ERROR', errcode: 13 })),
    odd: () => () => 'a function can’t cross',
  });
  await expect(line.ask('double', 1)).rejects.toMatchObject({ message: 'full', code: 'ERR_SQLITE_ERROR', errcode: 13 });
  await expect(line.ask('odd', undefined)).rejects.toThrow('could not be cloned');
  await expect(line.ask('hold', undefined)).rejects.toThrow('Nobody here answers hold');
});

test.each(['before', 'afterwards'])('who needs no answer any more says so %s', async (when) => {
  const line = openLine({
    hold: (_nothing, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve('given up');
        else signal.addEventListener('abort', () => resolve('given up'));
      }),
  });
  const controller = new AbortController();
  if (when === 'before') controller.abort();
  const held = line.ask('hold', undefined, controller.signal);
  controller.abort();
  expect(await held).toBe('given up');
});

test('a line that is cut answers nobody', async () => {
  const line = openLine({ hold: () => new Promise(() => undefined) });
  const held = line.ask('hold', undefined);
  line.cut(new Error('gone'));
  await expect(held).rejects.toThrow('gone');
  await expect(line.ask('double', 1)).rejects.toThrow('gone');
  expect(() => line.tell('note', 'nobody')).not.toThrow();
});

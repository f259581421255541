import { once } from 'node:events';
import { connect as connectTo } from 'node:net';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dispatch } from '../../../main/dispatch.ts';
import type { EventMessage } from '../../../main/contract/events.ts';
import { ok } from '../../../main/domain/result.ts';
import { openTestCore } from '../../support/core.ts';
import { callOver } from '../../support/web/call-over.ts';
import { openWebBench } from '../../support/web/web-bench.ts';

async function closeOf(socket: { once: unknown } & NodeJS.EventEmitter): Promise<{ code: number; reason: string }> {
  const [code, reason] = (await once(socket, 'close')) as [number, Buffer];
  return { code, reason: reason.toString() };
}

describe('a call', () => {
  it('goes through the real door and back, with nothing for a value too', async () => {
    const { core } = openTestCore();
    const { openDoor } = await openWebBench({ dispatch: core.dispatch });
    const call = callOver(await openDoor());
    expect(await call('sample.add', { name: 'Sample library', count: 5 })).toMatchObject({
      ok: true,
      value: { name: 'Sample library' },
    });
    expect(await call('accounts.list', {})).toMatchObject({ ok: true, value: [{ name: 'Sample library' }] });
    expect(await call('downloads.stop', {})).toEqual({ ok: true });
    expect(await call('accounts.list')).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    expect(await call('__proto__', {})).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
  });

  it('made results that go with its page, and with no other', async () => {
    const { core } = openTestCore();
    const { openDoor } = await openWebBench({ dispatch: core.dispatch });
    const [one, other] = [await openDoor(), await openDoor()];
    const first = await callOver(one)('catalogue.query', { text: '' });
    const second = await callOver(other)('catalogue.query', { text: '' });
    const rowsOf = (found: unknown) => {
      const { handle } = (found as { value: { handle: number } }).value;
      return core.call('catalogue.rows', { handle, from: 0, to: 1 });
    };
    expect(await rowsOf(first)).toEqual(ok([]));
    one.terminate();
    await expect.poll(() => rowsOf(first)).toMatchObject({ ok: false, error: { code: 'unknown-handle' } });
    expect(await rowsOf(second)).toEqual(ok([]));
  });

  it('is answered whenever it is ready, not in turn', async () => {
    const { promise: slow, resolve: release } = Promise.withResolvers<undefined>();
    const dispatch: Dispatch = async (name) => {
      if (name === 'slow') await slow;
      return ok(name);
    };
    const { openDoor } = await openWebBench({ dispatch });
    const call = callOver(await openDoor());
    const first = call('slow');
    expect(await call('fast')).toEqual({ ok: true, value: 'fast' });
    release(undefined);
    expect(await first).toEqual({ ok: true, value: 'slow' });
  });

  it('is refused where too many are under way already', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
    const { openDoor } = await openWebBench({
      dispatch: async () => {
        await held;
        return ok();
      },
    });
    const call = callOver(await openDoor());
    const calls = Array.from({ length: 256 }, () => call('held'));
    expect(await call('one more')).toMatchObject({ ok: false, error: { code: 'busy' } });
    release(undefined);
    expect(await Promise.all(calls)).toHaveLength(256);
    expect(await call('later')).toEqual({ ok: true });
  });

  it('may be large, but not without bound', async () => {
    const { openDoor } = await openWebBench({ dispatch: async (_name, input) => ok(String(input).length) });
    const socket = await openDoor();
    const call = callOver(socket);
    expect(await call('large', 'x'.repeat(3_900_000))).toEqual({ ok: true, value: 3_900_000 });
    socket.send(JSON.stringify({ id: 9, name: 'larger', input: 'x'.repeat(4_300_000) }));
    expect(await closeOf(socket)).toMatchObject({ code: 1009 });
  });

  it('whose message makes no sense is answered in words, or ends the connection with a reason', async () => {
    const { openDoor, reported } = await openWebBench();
    const wrong = [{ id: 1 }, { id: 2, name: 5 }, { id: 3, name: 'x'.repeat(101) }, { id: 4, name: null, input: {} }];
    const socket = await openDoor();
    for (const message of wrong) {
      const answered = once(socket, 'message');
      socket.send(JSON.stringify(message));
      const [data] = (await answered) as [Buffer];
      expect(JSON.parse(data.toString())).toMatchObject({ id: message.id, result: { error: { code: 'bad-input' } } });
    }
    socket.send('{');
    expect(await closeOf(socket)).toEqual({ code: 1007, reason: expect.stringContaining('{"id": number') });
    const binary = await openDoor();
    binary.send(Buffer.from('{"id":1,"name":"accounts.list"}'));
    expect(await closeOf(binary)).toEqual({ code: 1003, reason: 'The door takes text.' });
    expect(reported).toEqual([]);
  });

  it('of random nonsense never harms the server', async () => {
    const { origin, letIn, connect, reported } = await openWebBench();
    const cookie = await letIn();
    const nonsense = fc.oneof(
      fc.string(),
      fc.json(),
      fc.uint8Array(),
      fc.object().map((value) => JSON.stringify(value)),
      fc.record({ id: fc.anything(), name: fc.anything(), input: fc.anything() }).map((value) => {
        try {
          return JSON.stringify(value);
        } catch {
          return '{"id":1';
        }
      }),
    );
    await fc.assert(
      fc.asyncProperty(nonsense, async (message) => {
        const socket = connect({ origin, cookie });
        await once(socket, 'open');
        const heard = Promise.race([once(socket, 'message'), once(socket, 'close')]);
        socket.send(message);
        const [first] = (await heard) as [Buffer | number];
        const text = typeof first === 'number' ? '' : first.toString();
        expect(text).not.toMatch(/ at .+:\d+|node_modules/);
        expect(typeof first === 'number' ? [1003, 1007] : ['answer']).toContain(
          typeof first === 'number' ? first : 'answer',
        );
        socket.terminate();
      }),
      { numRuns: 100 },
    );
    expect(reported).toEqual([]);
  });

  it('is let run to its end when its page goes', async () => {
    let ended = 0;
    const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
    const bench = await openWebBench({
      async dispatch() {
        await held;
        ended += 1;
        return ok();
      },
    });
    const socket = await bench.openDoor();
    socket.send(JSON.stringify({ id: 1, name: 'held' }));
    await expect.poll(bench.listeners).toBe(1);
    socket.terminate();
    await expect.poll(bench.listeners).toBe(0);
    release(undefined);
    await expect.poll(() => ended).toBe(1);
    expect(bench.reported).toEqual([]);
  });
});

describe('a page that reads slowly', () => {
  it('gets all of its answers, however long they wait', async () => {
    const answer = 'x'.repeat(500_000);
    const { openDoor } = await openWebBench({ dispatch: async () => ok(answer) });
    const socket = await openDoor();
    const call = callOver(socket);
    socket.pause();
    const answers = Array.from({ length: 200 }, () => call('large'));
    // All calls are sent, and nothing has been read yet.
    await expect.poll(() => socket.bufferedAmount).toBe(0);
    socket.resume();
    expect(new Set((await Promise.all(answers)).map((one) => JSON.stringify(one).length)).size).toBe(1);
  });
});

describe('events', () => {
  it('reach every page, and none that is gone', async () => {
    const bench = await openWebBench();
    const cookie = await bench.letIn();
    const pages = [1, 2].map(() => bench.connect({ origin: bench.origin, cookie }));
    await Promise.all(pages.map((page) => once(page, 'open')));
    await expect.poll(bench.listeners).toBe(2);
    const heard = Promise.all(pages.map((page) => once(page, 'message')));
    bench.publish({ topic: 'accounts', revision: 7 });
    for (const [data] of (await heard) as [Buffer][]) {
      expect(JSON.parse(data.toString())).toEqual({ event: { topic: 'accounts', revision: 7 } });
    }
    pages[0]?.terminate();
    await expect.poll(bench.listeners).toBe(1);
  });

  it('do not pile up for a page that reads slowly, which hears the last of them', async () => {
    const bench = await openWebBench();
    const socket = await bench.openDoor();
    await expect.poll(bench.listeners).toBe(1);
    const heard: EventMessage[] = [];
    socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()).event));
    socket.pause();
    const padding = 'x'.repeat(10_000);
    for (let revision = 1; revision <= 5000; revision++) {
      bench.publish({ topic: 'accounts', revision, padding } as EventMessage);
    }
    socket.resume();
    await expect.poll(() => heard.at(-1)?.revision, { timeout: 10_000 }).toBe(5000);
    expect(heard.length).toBeLessThan(2000);
    expect(heard.map(({ revision }) => revision)).toEqual(heard.map(({ revision }) => revision).sort((a, b) => a - b));
    bench.publish({ topic: 'accounts', revision: 5001 });
    await expect.poll(() => heard.at(-1)?.revision).toBe(5001);
  });
});

describe('a page', () => {
  it('that does not answer any more is let go', async () => {
    const bench = await openWebBench({ pingMs: 500 });
    const socket = bench.connect({ origin: bench.origin, cookie: await bench.letIn() });
    await once(socket, 'open');
    await once(socket, 'ping');
    expect(bench.listeners()).toBe(1);
    socket.pause();
    await expect.poll(bench.listeners, { timeout: 20_000 }).toBe(0);
  });

  it('that is alive stays', async () => {
    const bench = await openWebBench({ pingMs: 500 });
    const socket = await bench.openDoor();
    for (let times = 0; times < 3; times++) await once(socket, 'ping');
    expect(bench.listeners()).toBe(1);
  });

  it('that goes in the middle of a picture ends its reading', async () => {
    const bench = await openWebBench();
    bench.pictures.write(1, Buffer.alloc(64 * 1024 * 1024, 7), 'image/png');
    const cookie = await bench.letIn();
    const socket = connectTo(bench.host.port, '127.0.0.1');
    const { pictures } = bench.pageKey();
    socket.write(
      `GET /original/7/1?k=${pictures} HTTP/1.1\r\nHost: 127.0.0.1:${bench.host.port}\r\nCookie: ${cookie}\r\n\r\n`,
    );
    await once(socket, 'data');
    socket.pause();
    expect(bench.pictures.signals[0]?.aborted).toBe(false);
    socket.destroy();
    await expect.poll(() => bench.pictures.signals[0]?.aborted).toBe(true);
    expect(bench.reported).toEqual([]);
    expect(await bench.ask('/', { cookie })).toMatchObject({ status: 200 });
  });
});

describe('the end', () => {
  it('tells the pages, frees the port and waits for nobody', async () => {
    const { promise: held, resolve: release } = Promise.withResolvers<undefined>();
    const bench = await openWebBench({
      dispatch: async () => {
        await held;
        return ok();
      },
    });
    const socket = await bench.openDoor();
    socket.send(JSON.stringify({ id: 1, name: 'held' }));
    const deaf = connectTo(bench.host.port, '127.0.0.1');
    await once(deaf, 'connect');
    const ended = closeOf(socket);
    await bench.host.close();
    expect(await ended).toEqual({ code: 1001, reason: 'Contact Sheet was stopped.' });
    await expect(bench.ask('/')).rejects.toThrow('ECONNREFUSED');
    release(undefined);
    expect(bench.reported).toEqual([]);
  });

  it('does not hang on a page that does not listen', async () => {
    const bench = await openWebBench();
    const socket = await bench.openDoor();
    socket.pause();
    await bench.host.close();
    await expect(bench.ask('/')).rejects.toThrow('ECONNREFUSED');
  });
});

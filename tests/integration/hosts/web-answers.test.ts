import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { openWebBench, type WebBench } from '../../support/web/web-bench.ts';

/** Sends a browser's request and doesn't read the response. */
async function askDeaf({ host, letIn }: WebBench, path = '/'): Promise<Socket> {
  const socket = connect(host.port, '127.0.0.1').pause();
  const cookie = await letIn();
  socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nCookie: ${cookie}\r\n\r\n`);
  return socket;
}

describe('an answer', () => {
  it('is made no faster than it is taken, and no further than somebody wants it', async () => {
    const pieceBytes = 64 * 1024;
    let made = 0;
    let cancelled = false;
    const bench = await openWebBench({
      page: async ({ url }) => {
        if (!url.endsWith('/endless')) return new Response('short');
        const body = new ReadableStream<Uint8Array>({
          pull(controller) {
            made += pieceBytes;
            controller.enqueue(new Uint8Array(pieceBytes));
          },
          cancel: () => void (cancelled = true),
        });
        return new Response(body);
      },
    });
    const socket = await askDeaf(bench, '/endless');
    await expect.poll(() => made).toBeGreaterThan(0);
    const cookie = await bench.letIn();
    for (let times = 0; times < 200; times++) await bench.ask('/', { cookie });
    // The maximum of the system's own socket buffers.
    expect(made).toBeLessThan(32 * 1024 * 1024);
    socket.destroy();
    await expect.poll(() => cancelled).toBe(true);
    expect(bench.reported).toEqual([]);
  });

  it.each(['resolves', 'rejects'])('that comes when its browser is gone is no error (%s)', async (how) => {
    const signals: AbortSignal[] = [];
    let ended = 0;
    const bench = await openWebBench({
      page: async ({ signal }) => {
        signals.push(signal);
        await once(signal, 'abort');
        ended += 1;
        if (how === 'rejects') signal.throwIfAborted();
        return new Response('too late');
      },
    });
    const socket = await askDeaf(bench);
    await expect.poll(() => signals).toHaveLength(1);
    socket.destroy();
    await expect.poll(() => ended).toBe(1);
    expect(bench.reported).toEqual([]);
  });

  it('that fails by a bug says so in words, and the log has it', async () => {
    const bench = await openWebBench({ page: () => Promise.reject(new Error('the inside')) });
    const answer = await bench.ask('/', { cookie: await bench.letIn() });
    expect(answer.status).toBe(500);
    expect(answer.text).not.toContain('inside');
    expect(answer.headers['content-type']).toBe('text/plain');
    expect(bench.reported).toHaveLength(1);
  });

  it('that breaks off on the way is seen to be broken', async () => {
    const bench = await openWebBench({
      page: async () => {
        const body = new ReadableStream<Uint8Array>({
          pull: (controller) => controller.error(new Error('the disk is gone')),
        });
        return new Response(body, { headers: { 'content-length': '100' } });
      },
    });
    await expect(bench.ask('/', { cookie: await bench.letIn() })).rejects.toThrow();
    await expect.poll(() => bench.reported).toHaveLength(1);
  });

  it('is given up when the host closes', async () => {
    const signals: AbortSignal[] = [];
    const bench = await openWebBench({
      page: async ({ signal }) => {
        signals.push(signal);
        await once(signal, 'abort');
        return new Response('too late');
      },
    });
    await askDeaf(bench);
    await expect.poll(() => signals).toHaveLength(1);
    await bench.host.close();
    await expect.poll(() => signals[0]?.aborted).toBe(true);
    expect(bench.reported).toEqual([]);
  });
});

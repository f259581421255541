import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWebBench } from '../../support/web/web-bench.ts';

/** Sends raw bytes, and returns everything received until the server closed. */
async function send(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  // The server may close before it has read everything.
  socket.on('error', () => undefined);
  let answer = '';
  socket.setEncoding('latin1').on('data', (text: string) => (answer += text));
  socket.write(bytes, 'latin1');
  await once(socket, 'close');
  return answer;
}

function statusesOf(answer: string): string[] {
  return [...answer.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status = '']) => status);
}

async function openLetIn() {
  const bench = await openWebBench();
  const cookie = await bench.letIn();
  const { port } = bench.host;
  const host = `127.0.0.1:${port}`;
  const own = [`Host: ${host}`, `Cookie: ${cookie}`, 'Connection: close'];
  /** Sends a valid request with additional lines. */
  const ask = (lines: readonly string[], target = 'GET / HTTP/1.1') =>
    send(port, `${[target, ...own, ...lines].join('\r\n')}\r\n\r\n`);
  return { ...bench, port, host, cookie, own, ask };
}

describe('a request that says one thing twice', () => {
  it.each([
    ['the same Host', (host: string) => `Host: ${host}`],
    ['another Host', () => 'Host: evil.example'],
    ['an empty Host', () => 'Host:'],
    ['a Host in capitals', (host: string) => `HOST: ${host}`],
    ['another name of ours', (host: string) => `Host: ${host.replace('127.0.0.1', 'localhost')}`],
  ])('is answered by 400: %s', async (_case, line) => {
    const { ask, host, own, port } = await openLetIn();
    expect(statusesOf(await ask([line(host)]))).toEqual(['400']);
    const first = `${['GET / HTTP/1.1', line(host), ...own].join('\r\n')}\r\n\r\n`;
    expect(statusesOf(await send(port, first))).toEqual(['400']);
  });

  it.each([
    ['Origin', (host: string) => [`Origin: http://${host}`, 'Origin: http://evil.example']],
    ['Sec-Fetch-Site', () => ['Sec-Fetch-Site: same-origin', 'Sec-Fetch-Site: cross-site']],
    ['Cookie', () => ['Cookie: a=b']],
  ])('is answered by 400: %s', async (_name, lines) => {
    const { ask, host } = await openLetIn();
    expect(statusesOf(await ask(lines(host)))).toEqual(['400']);
  });

  it('opens no WebSocket', async () => {
    const { host, own, pageKey, port } = await openLetIn();
    const upgrade = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
    const key = ['Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==', `Sec-WebSocket-Protocol: a, ${pageKey().door}`];
    const lines = ['GET /door HTTP/1.1', ...own.slice(0, 2), `Origin: http://${host}`, ...upgrade, ...key];
    for (const twice of ['Host: evil.example', 'Origin: http://evil.example']) {
      expect(statusesOf(await send(port, `${[...lines, twice].join('\r\n')}\r\n\r\n`))).toEqual(['400']);
    }
  });
});

describe('a request inside another', () => {
  const hidden = 'GET /hidden HTTP/1.1\r\nHost: evil.example\r\n\r\n';

  it.each([
    ['two lengths', ['Content-Length: 0', `Content-Length: ${hidden.length}`]],
    ['a length and chunks', [`Content-Length: ${hidden.length}`, 'Transfer-Encoding: chunked']],
    ['an unknown coding', ['Transfer-Encoding: xchunked']],
    ['a coding that is not the last', ['Transfer-Encoding: chunked, identity']],
    ['a blank before the colon', [`Content-Length : ${hidden.length}`]],
    ['a negative length', ['Content-Length: -1']],
    ['a length that is no number', ['Content-Length: 0x10']],
    ['a folded line', ['X-A: b', ` Content-Length: ${hidden.length}`]],
    ['a NUL', ['X-A: b\0c']],
    ['a bare carriage return', ['X-A: b\rContent-Length: 0']],
    ['a header without a colon', ['nonsense']],
  ])('is never answered: %s', async (_case, lines) => {
    const { own, port, reported } = await openLetIn();
    const kept = own.slice(0, 2);
    const answer = await send(port, `${['GET / HTTP/1.1', ...kept, ...lines].join('\r\n')}\r\n\r\n${hidden}`);
    // A valid body belongs to its request; an invalid one closes the connection at once.
    expect(statusesOf(answer)).toEqual(['400']);
    expect(answer).not.toContain('hidden');
    expect(reported).toEqual([]);
  });
});

describe('an older or another protocol', () => {
  it.each([
    ['HTTP/1.0 without a Host', 'GET / HTTP/1.0\r\n\r\n'],
    ['HTTP/1.1 without a Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['HTTP/0.9', 'GET /\r\n\r\n'],
    ['HTTP/2 at once', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['HTTP/9.9', 'GET / HTTP/9.9\r\n\r\n'],
    ['TLS', '\x16\x03\x01\x00\x05\x01\x00\x00\x01\x00'],
    ['an SSH banner', 'SSH-2.0-OpenSSH_9.6\r\n'],
  ])('is refused: %s', async (_case, bytes) => {
    const { host, ask } = await openWebBench();
    expect(await send(host.port, bytes)).toMatch(/^HTTP\/1\.1 (400|421|505) /);
    expect(await ask('/')).toMatchObject({ status: 401 });
  });

  it('is refused as a WebSocket of an older version', async () => {
    const { host, own, pageKey, port } = await openLetIn();
    const upgrade = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Protocol: a, ${pageKey().door}`];
    const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
    for (const version of ['0', '7', '99', '']) {
      const lines = [
        ...own.slice(0, 2),
        `Origin: http://${host}`,
        ...upgrade,
        key,
        `Sec-WebSocket-Version: ${version}`,
      ];
      expect(await send(port, `${['GET /door HTTP/1.1', ...lines].join('\r\n')}\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4/);
    }
  });
});

describe('many connections', () => {
  it('that say nothing more keep nobody out', async () => {
    const { ask, host, letIn, openDoor, reported } = await openWebBench();
    const cookie = await letIn();
    const slow: Socket[] = [];
    onTestFinished(() => slow.forEach((socket) => socket.destroy()));
    for (let batch = 0; batch < 10; batch++) {
      const more = Array.from({ length: 100 }, () => connect(host.port, '127.0.0.1'));
      await Promise.all(more.map((socket) => once(socket, 'connect')));
      for (const socket of more) socket.on('error', () => undefined).write('GET / HTTP/1.1\r\nHost: ');
      slow.push(...more);
    }
    expect(slow.filter((socket) => !socket.destroyed)).toHaveLength(1000);
    expect(await ask('/', { cookie })).toMatchObject({ status: 200 });
    const door = await openDoor();
    expect(door.readyState).toBe(door.OPEN);
    expect(reported).toEqual([]);
  });
});

describe('a picture that is opened as a page', () => {
  it('runs nothing and loads nothing, were it an SVG full of scripts', async () => {
    const { letIn, ask, pageKey, pictures } = await openWebBench();
    pictures.write(1, '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>', 'image/svg+xml');
    pictures.write(2, '<script>alert(1)</script>', 'text/html');
    const cookie = await letIn();
    const visit = { cookie, 'sec-fetch-site': 'none', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const key = `?k=${pageKey().pictures}`;
    const drawing = await ask(`/original/7/1${key}`, visit);
    expect(drawing.headers['content-security-policy']).toBe("default-src 'none'; style-src 'unsafe-inline'; sandbox");
    expect(drawing.headers['x-content-type-options']).toBe('nosniff');
    const page = await ask(`/original/7/2${key}`, visit);
    expect(page.headers['content-type']).toBe('application/octet-stream');
    expect(page.headers['content-disposition']).toBe('attachment');
  });
});

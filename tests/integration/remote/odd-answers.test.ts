import { brotliCompressSync, deflateRawSync, gzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { rawSays, rawSaysThenResets, serveRaw, type RawAnswer } from '../../support/raw-server.ts';
import { asker, pageBody } from './api-support.ts';
import { fetchFrom, open, read } from './image-support.ts';
import { openGate, send, serve, stopAll } from './support.ts';

afterEach(stopAll);

const ok = 'HTTP/1.1 200 OK\r\n';
const chunked = `${ok}Transfer-Encoding: chunked\r\n\r\n`;

const earlyEnds: readonly (readonly [string, RawAnswer])[] = [
  [
    'chunks that end before the last',
    rawSays(`${ok}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`),
  ],
  ['chunks that end within one', rawSays(`${ok}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n30\r\nabc`)],
  ['chunks without the blank line at their end', rawSays(`${chunked}3\r\nabc\r\n0\r\n`)],
  ['chunks that end, on a connection kept alive', rawSays(`${chunked}3\r\nabc\r\n`)],
  ['a length that is not reached', rawSays(`${ok}Content-Length: 100\r\n\r\nabc`)],
  ['a length that is not reached before a close', rawSays(`${ok}Connection: close\r\nContent-Length: 100\r\n\r\nabc`)],
  ['a FIN in place of an answer', rawSays('')],
  ['a FIN within the status', rawSays('HTTP/1.')],
  ['a FIN within the headers', rawSays(`${ok}Content-`)],
  ['an RST in place of an answer', rawSaysThenResets('')],
  ['an RST within the status', rawSaysThenResets('HTTP/1.1 2')],
  ['an RST within the headers', rawSaysThenResets(`${ok}Cont`)],
  ['an RST within the body', rawSaysThenResets(`${ok}Content-Length: 100\r\n\r\nabc`)],
  ['an RST within a chunk', rawSaysThenResets(`${chunked}30\r\nabc`)],
];

const unreadable: readonly (readonly [string, RawAnswer])[] = [
  ['a header line without a colon', rawSays(`${ok}Nonsense\r\nContent-Length: 3\r\n\r\nabc`)],
  ['a header without a name', rawSays(`${ok}: b\r\nContent-Length: 3\r\n\r\nabc`)],
  ['a blank before the colon', rawSays(`${ok}X-A : b\r\nContent-Length: 3\r\n\r\nabc`)],
  ['a folded header', rawSays(`${ok}X-A: b\r\n c\r\nContent-Length: 3\r\n\r\nabc`)],
  ['a control character in a header', rawSays(`${ok}X-A: b\x01c\r\nContent-Length: 3\r\n\r\nabc`)],
  ['a NUL in a header', rawSays(`${ok}X-A: b\x00c\r\nContent-Length: 3\r\n\r\nabc`)],
  ['an SSH banner', rawSays('SSH-2.0-OpenSSH_9.2p1\r\n')],
  ['HTML alone', rawSays('<html>hello</html>')],
  ['a TLS alert', rawSays(Buffer.from([0x15, 3, 3, 0, 2, 2, 70]))],
  ['another HTTP version', rawSays('HTTP/3.7 200 OK\r\nContent-Length: 3\r\n\r\nabc')],
  ['HTTP/2', rawSays('HTTP/2 200 OK\r\nContent-Length: 3\r\n\r\nabc')],
  ['line feeds alone', rawSays('HTTP/1.1 200 OK\nContent-Length: 3\n\nabc')],
  ['a status of letters', rawSays('HTTP/1.1 abc X\r\n\r\n')],
  ['a status of four digits', rawSays('HTTP/1.1 1000 X\r\nContent-Length: 3\r\n\r\nabc')],
  ['a length below zero', rawSays(`${ok}Content-Length: -1\r\n\r\nabc`)],
  ['a length of letters', rawSays(`${ok}Content-Length: abc\r\n\r\nabc`)],
  ['a chunk size of letters', rawSays(`${chunked}zz\r\nabc\r\n`)],
  ['a chunk size beyond all bounds', rawSays(`${chunked}fffffffffffffffffff\r\nabc\r\n`)],
  ['a chunk that is longer than its size', rawSays(`${chunked}3\r\nabcd\r\n0\r\n\r\n`)],
  ['a trailer without a colon', rawSays(`${chunked}3\r\nabc\r\n0\r\nnonsense\r\n\r\n`)],
  ['a header of 40 KB', rawSays(`${ok}X: ${'a'.repeat(40_000)}\r\nContent-Length: 3\r\n\r\nabc`)],
  ['four thousand headers', rawSays(`${ok}${'X: aaaaaaaaaaaaaaaaaaa\r\n'.repeat(4_000)}Content-Length: 3\r\n\r\nabc`)],
  ['a change of protocol', rawSays('HTTP/1.1 101 S\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n')],
  ['a change of protocol to none, over which undici stumbles', rawSays('HTTP/1.1 101 S\r\n\r\nabc')],
];

async function problemOf(answer: RawAnswer) {
  const server = await serveRaw(answer);
  const { gate } = openGate();
  const { problem, body } = await open(gate, { url: `${server.origin}/a.png` });
  return problem ?? (await read(body));
}

describe('an image whose answer', () => {
  it.each(earlyEnds)('is %s can be tried again', async (_, answer) => {
    const problem = await problemOf(answer);
    expect(problem).toMatchObject({ code: expect.stringMatching(/^(?:cut-off|connection-lost)$/), canRetry: true });
  });

  it.each(unreadable)('is %s fails, and says so', async (_, answer) => {
    expect(await problemOf(answer)).toMatchObject({ code: 'unexpected-answer', canRetry: false });
  });

  it('has no end of its chunks is cut off, and one that is not HTTP says what is wrong', async () => {
    const [, cut] = earlyEnds[0] ?? [];
    const [, banner] = unreadable.find(([name]) => name === 'an SSH banner') ?? [];
    if (!cut || !banner) throw new Error('No such answers');
    expect(await problemOf(cut)).toMatchObject({ code: 'cut-off' });
    expect(await problemOf(banner)).toMatchObject({
      message: expect.stringContaining('not valid HTTP (Expected HTTP/'),
    });
  });

  it('comes before the request was sent is told like any other', async () => {
    for (const speak of ['SSH-2.0-OpenSSH_9.2p1\r\n', '']) {
      const server = await serveRaw(
        () => undefined,
        (socket) => void socket.end(speak),
      );
      const { gate } = openGate();
      const { problem } = await open(gate, { url: `${server.origin}/a.png` });
      expect(problem?.code).toMatch(/^(?:unexpected-answer|connection-lost)$/);
    }
  });
});

describe('a page of the API whose answer', () => {
  it.each(earlyEnds)('is %s is tried five times and each call is counted', async (_, answer) => {
    const server = await serveRaw(answer);
    const { gate } = openGate();
    expect(await asker(gate, server.origin)()).toMatchObject({ code: 'cut-off', calls: 5 });
    expect(server.heads).toHaveLength(5);
  });

  it.each(unreadable)('is %s ends with one call, which is counted', async (_, answer) => {
    const server = await serveRaw(answer);
    const { gate } = openGate();
    expect(await asker(gate, server.origin)()).toMatchObject({ code: 'not-the-api', calls: 1 });
    expect(server.heads).toHaveLength(1);
  });

  it('can’t be counted is not asked for, and the error is the caller’s', async () => {
    const server = await serve((_request, response) => send(response, 200, pageBody()));
    const { gate } = openGate();
    const full = new Error('the ledger’s disk is full');
    const onCall = (): never => {
      throw full;
    };
    await expect(asker(gate, server.origin)({ onCall })).rejects.toBe(full);
    expect(server.seen).toEqual([]);
  });
});

describe('a content coding', () => {
  const content = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 7919) % 251));

  it.each(['none', 'UTF-8', 'binary', 'aws-chunked', 'identity', 'chunked', 'image/png', 'none, utf-8', ''])(
    '"%s" changes nothing',
    async (coding) => {
      const headers = { 'content-encoding': coding, 'content-length': content.length, etag: '"v1"' };
      const { body } = await fetchFrom((response) => send(response, 200, content, headers));
      expect(body).toMatchObject({ totalBytes: content.length, validator: '"v1"' });
      expect(await read(body)).toEqual(content);
      const page = await serve((_request, response) => send(response, 200, pageBody(), { 'content-encoding': coding }));
      expect(await asker(openGate().gate, page.origin)()).toMatchObject({ code: 'ok', calls: 1 });
    },
  );

  it('"deflate" is undone with its header and without', async () => {
    const raw = deflateRawSync(content);
    for (const coded of [raw, deflateRawSync(Buffer.alloc(0)), deflateRawSync(Buffer.from('x'))]) {
      const { body } = await fetchFrom((response) => send(response, 200, coded, { 'content-encoding': 'deflate' }));
      const expected = coded === raw ? content : undefined;
      const came = await read(body);
      expect(Buffer.isBuffer(came)).toBe(true);
      if (expected) expect(came).toEqual(expected);
    }
    const byBytes = await fetchFrom((response) => {
      response.writeHead(200, { 'content-encoding': 'deflate' });
      for (const byte of raw) response.write(Buffer.from([byte]));
      response.end();
    });
    expect(await read(byBytes.body)).toEqual(content);
    const cut = await fetchFrom((r) => send(r, 200, raw.subarray(0, -9), { 'content-encoding': 'deflate' }));
    expect(await read(cut.body)).toMatchObject({ code: 'cut-off', canRetry: true });
    const page = await serve((_request, response) =>
      send(response, 200, deflateRawSync(pageBody()), { 'content-encoding': 'deflate' }),
    );
    expect(await asker(openGate().gate, page.origin)()).toMatchObject({ code: 'ok', calls: 1 });
  });

  it('is found in each line of a header that comes twice', async () => {
    const twice = gzipSync(brotliCompressSync(content));
    const { body } = await fetchFrom((r) => send(r, 200, twice, { 'content-encoding': ['none, br', 'gzip'] }));
    expect(await read(body)).toEqual(content);
  });

  it.each(['compress', 'x-compress', 'gzip, gzip, gzip', 'dcb'])('"%s" is refused by its name', async (coding) => {
    const { problem } = await fetchFrom((r) => send(r, 200, content, { 'content-encoding': coding }));
    expect(problem).toMatchObject({ code: 'unexpected-answer', canRetry: false });
    expect(problem?.message).toContain(coding);
    const page = await serve((_request, response) => send(response, 200, pageBody(), { 'content-encoding': coding }));
    const { result, calls } = await asker(openGate().gate, page.origin)();
    expect(calls).toBe(1);
    expect(result).toMatchObject({ ok: false, error: { code: 'not-the-api' } });
    expect(JSON.stringify(result)).toContain(coding);
  });

  it.each([
    ['br', brotliCompressSync(Buffer.alloc(300_000_000))],
    ['gzip', gzipSync(Buffer.alloc(30_000_000))],
    ['br, gzip', gzipSync(brotliCompressSync(Buffer.alloc(30_000_000)))],
    ['deflate', deflateRawSync(Buffer.alloc(30_000_000))],
  ])('"%s" may not make a few bytes a huge file', async (coding, bomb) => {
    const { body } = await fetchFrom((response) => send(response, 200, bomb, { 'content-encoding': coding }));
    let received = 0;
    const reading = async (): Promise<void> => {
      for await (const chunk of body?.chunks ?? []) received += chunk.byteLength;
    };
    await expect(reading()).rejects.toMatchObject({
      problem: { code: 'unexpected-answer', canRetry: false, message: expect.stringContaining(`(${coding})`) },
    });
    expect(received).toBeLessThanOrEqual(Math.max(1024 * 1024, 100 * bomb.length));
  });

  it('of a body that is none of it is a damaged answer, and not the disk’s fault', async () => {
    for (const coding of ['br', 'gzip', 'zstd', 'deflate']) {
      const junk = Buffer.from('zzxxzzzzzzzzzzzzzzzz');
      const { body } = await fetchFrom((response) => send(response, 200, junk, { 'content-encoding': coding }));
      expect(await read(body)).toMatchObject({ code: 'cut-off', canRetry: true });
    }
  });
});

describe('a redirect', () => {
  it.each([
    ['UTF-8', Buffer.from('/bilder/größe ü.png'), '/bilder/gr%C3%B6%C3%9Fe%20%C3%BC.png'],
    ['Latin-1', Buffer.from('/bilder/größe.png', 'latin1'), '/bilder/gr%F6%DFe.png'],
    ['Shift JIS', Buffer.from([0x2f, 0x83, 0x5a, 0x3f, 0x71, 0x3d, 0x83]), '/%83Z?q=%83'],
    ['what is encoded already', Buffer.from('/gr%C3%B6/ß'), '/gr%C3%B6/%C3%9F'],
  ])('leads to the bytes that it came with: %s', async (_, location, expected) => {
    const asked: string[] = [];
    const server = await serveRaw((socket, head) => {
      const path = head.split(' ')[1] ?? '';
      asked.push(path);
      const isFirst = path === '/a.png';
      const start = isFirst ? 'HTTP/1.1 302 Found\r\nLocation: ' : `${ok}Content-Length: 3\r\n\r\nabc`;
      socket.end(
        isFirst ? Buffer.concat([Buffer.from(start), location, Buffer.from('\r\nContent-Length: 0\r\n\r\n')]) : start,
      );
    });
    const { body } = await open(openGate().gate, { url: `${server.origin}/a.png` });
    expect(await read(body)).toEqual(Buffer.from('abc'));
    expect(asked).toEqual(['/a.png', expected]);
  });

  it('to a host in raw UTF-8 is one to that host', async () => {
    const server = await serveRaw((socket, head) => {
      const isFirst = head.includes('/a.png');
      const to = Buffer.from(`Location: http://bücher.localhost:${socket.localPort}/b\r\n`);
      const empty = Buffer.from('Content-Length: 0\r\n\r\n');
      socket.end(
        isFirst ? Buffer.concat([Buffer.from('HTTP/1.1 302 F\r\n'), to, empty]) : `${ok}Content-Length: 3\r\n\r\nabc`,
      );
    });
    const { body } = await open(openGate().gate, { url: `${server.origin}/a.png` });
    expect(await read(body)).toEqual(Buffer.from('abc'));
    expect(server.heads[1]).toContain('xn--bcher-kva.localhost');
  });
});

describe('the time of a file', () => {
  it.each([
    ['Tue Feb 27 08:09:17 2018', Date.UTC(2018, 1, 27, 8, 9, 17)],
    ['Tuesday, 27-Feb-18 08:09:17 GMT', Date.UTC(2018, 1, 27, 8, 9, 17)],
    ['0', null],
    ['Tue, 27 Feb 114322 08:09:17 GMT', null],
    ['Fri, 31 Dec 9999 23:59:59 GMT', null],
    ['Thu, 01 Jan 1970 00:00:00 GMT', null],
    ['2018-02-27 08:09:17', null],
  ])('"%s" is %s, and nonsense continues nothing', async (text, expected) => {
    const { body } = await fetchFrom((response) => send(response, 200, 'abc', { 'last-modified': text }));
    expect(body?.lastModified).toBe(expected);
    expect(body?.validator).toBe(expected === null ? null : text);
    body?.discard();
  });

  it('to wait until is measured by the server’s own clock', async () => {
    const headers = { date: 'Mon, 01 Jan 2024 00:00:00 GMT', 'retry-after': 'Mon Jan  1 00:00:07 2024' };
    const { problem } = await fetchFrom((response) => send(response, 429, '', headers));
    expect(problem).toMatchObject({ code: 'throttled', retryAfterMs: 7_000 });
    const server = await serve((_request, response) => send(response, 429, '{}', headers));
    const { gate, clock } = openGate();
    await asker(gate, server.origin)({ once: true });
    expect(clock.slept).toEqual([]);
    const { result } = await asker(gate, server.origin)({ once: true });
    expect(result).toMatchObject({ error: { retryAt: clock.now() + 7_000 } });
  });
});

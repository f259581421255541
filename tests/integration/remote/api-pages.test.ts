import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { asker, pageBody, serving, type Answer } from './api-support.ts';
import { key, openGate, send, serve, stopAll } from './support.ts';

afterEach(stopAll);

/** Creates an error body as documented: not valid JSON, the id in quotes. */
const errorBody = (name: string, status: number, id: string, message: string): string =>
  `{\n"response": {\n"error": {\n"docs": www.questionpro.com/api/error-codes.html\n"name": "${name}",\n` +
  `"httpStatusCode": ${status},\n"id" : "${id}",\n"message": "${message}",\n"resourceUrl":"https://x/?api-key=${key}"\n}\n}\n}\n`;

describe('a page', () => {
  it('is asked for as documented, and nothing else is sent', async () => {
    const { server, ask } = await serving((response) => send(response, 200, pageBody()));
    const { result, calls } = await ask({}, { userId: 'a b/ü', page: 3 });
    expect(result).toMatchObject({ ok: true, value: { page: 3, perPage: 100, totalItems: 1, malformed: [] } });
    expect(calls).toBe(1);
    expect(server.seen).toHaveLength(1);
    const [seen] = server.seen;
    expect(seen?.method).toBe('GET');
    expect(seen?.url).toBe('/a/api/v2/users/a%20b%2F%C3%BC/images?page=3&perPage=100');
    expect(Object.keys(seen?.headers ?? {}).sort()).toEqual(
      ['accept', 'accept-encoding', 'api-key', 'connection', 'host', 'user-agent'].sort(),
    );
    expect(seen?.headers).toMatchObject({
      'api-key': key,
      'accept-encoding': 'identity',
      'user-agent': 'contact-sheet/1.2.3',
    });
  });

  it('of the key itself has no user in its address', async () => {
    const { server, ask } = await serving((response) => send(response, 200, pageBody()));
    await ask({}, { userId: '' });
    expect(server.seen[0]?.url).toBe('/a/api/v2/images?page=1&perPage=100');
  });

  it('is read in every encoding, asked for or not', async () => {
    const encodings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };
    for (const [name, encode] of Object.entries(encodings)) {
      const { ask } = await serving((response) =>
        send(response, 200, encode(pageBody()), { 'content-encoding': name }),
      );
      expect((await ask()).result).toMatchObject({ ok: true });
    }
  });

  it('is not fetched for a user id or an origin that no address can be made of', async () => {
    const { server, gate, ask } = await serving((response) => send(response, 200, pageBody()));
    for (const userId of ['..', '.', '\ud800']) expect((await ask({}, { userId })).code).toBe('not-permitted');
    for (const origin of [
      'http://api.questionpro.com',
      'ftp://127.0.0.1',
      `${server.origin}/a/`,
      'https://u:p@x.test',
    ]) {
      const result = await gate.page(
        { origin, userId: '', key, page: 1, perPage: 100 },
        { signal: new AbortController().signal },
      );
      expect(result).toMatchObject({ ok: false, error: { code: 'not-permitted' } });
    }
    expect(server.seen).toEqual([]);
  });

  it('of an http origin comes from this machine only, whatever its name resolves to', async () => {
    const { gate } = openGate();
    const signal = new AbortController().signal;
    const origin = 'http://api.localhost:9';
    const result = await gate.page({ origin, userId: '', key, page: 1, perPage: 100 }, { signal, once: true });
    expect(result).toMatchObject({ ok: false, error: { code: 'connection-refused' } });
  });

  it('of the sample library comes from the port that it is mapped to', async () => {
    const server = await serve((_request, response) => send(response, 200, pageBody()));
    const asked: string[] = [];
    const { gate, ledger } = openGate({
      loopbackPort(host) {
        asked.push(host);
        return host === 'sample.localhost' ? Promise.resolve(server.port) : undefined;
      },
    });
    expect((await asker(gate, 'http://sample.localhost')()).code).toBe('ok');
    expect(server.seen[0]?.headers.host).toBe('sample.localhost');
    expect(ledger.reserved).toEqual([]);
    const image = { url: 'http://sample.localhost/a.png', accountOrigin: 'http://sample.localhost' };
    const opened = await gate.openImage(image, new AbortController().signal);
    expect(opened.ok).toBe(true);
    if (opened.ok) opened.value.discard();
    expect(asked).toEqual(['sample.localhost', 'sample.localhost']);
    expect(server.seen[1]?.headers['api-key']).toBeUndefined();
  });
});

describe('a refusal', () => {
  it.each([
    [
      400,
      errorBody('BAD_REQUEST', 400, '1000', 'Invalid URL parameters'),
      'bad-request',
      /Invalid URL parameters.*page 1/,
    ],
    [401, errorBody('UNAUTHORIZED', 401, '1010', 'Incorrect API Key'), 'unauthorized', /key again/],
    [403, errorBody('FORBIDDEN', 403, '1013', 'No permission'), 'forbidden', /"1234567"/],
    [404, errorBody('NOT_FOUND', 404, '1040', 'No such'), 'no-such-user', /no user "1234567"/],
    [401, '', 'unauthorized', /key again/],
    [404, '<html>Not found</html>', 'no-such-user', /no user/],
    [418, 'teapot', 'bad-request', /418/],
    [
      429,
      '{"response":{"error":{"id":1013,"message":"API call limit exceeded for this licence"}}}',
      'allowance-used-up',
      /used up/,
    ],
    [429, errorBody('TOO_MANY', 429, '1013', 'Some words'), 'allowance-used-up', /used up/],
  ])('%i is final', async (status, body, code, words) => {
    const { ask, server, clock } = await serving((response) => send(response, status, body, { 'retry-after': '1' }));
    const { result, calls } = await ask();
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect(result.ok ? '' : result.error.message).toMatch(words);
    expect([calls, server.seen.length, clock.slept]).toEqual([1, 1, []]);
  });

  it('by a redirect is final, and the key does not follow it', async () => {
    const other = await serve((_request, response) => send(response, 200, pageBody()));
    for (const status of [301, 302, 307, 308]) {
      const { ask } = await serving((response) =>
        send(response, status, '', { location: `${other.origin}/login?k=${key}` }),
      );
      const { result, calls } = await ask();
      expect(result).toMatchObject({ ok: false, error: { code: 'not-the-api' } });
      expect(calls).toBe(1);
    }
    expect(other.seen).toEqual([]);
  });
});

describe('what may pass', () => {
  it.each<[string, Answer, string]>([
    ['a documented 500', (r) => send(r, 500, errorBody('INTERNAL', 500, '1026', 'No')), 'server-error'],
    ['an HTML 502', (r) => send(r, 502, '<html><h1>Bad Gateway'), 'server-error'],
    ['a login page', (r) => send(r, 200, '<!doctype html><form>Log in'), 'not-the-api'],
    ['another JSON', (r) => send(r, 200, '{"hello":[]}'), 'not-the-api'],
    ['an empty body', (r) => send(r, 200, ''), 'cut-off'],
    ['no content', (r) => send(r, 204, ''), 'cut-off'],
    ['half a JSON', (r) => send(r, 200, pageBody().slice(0, 90)), 'cut-off'],
    [
      'a body cut off',
      (r) => void r.writeHead(200, { 'content-length': 900 }).write('{"re', () => r.destroy()),
      'cut-off',
    ],
    ['a reset', (r) => r.socket?.resetAndDestroy(), 'cut-off'],
    [
      'a cut encoding',
      (r) => send(r, 200, gzipSync(pageBody()).subarray(0, 60), { 'content-encoding': 'gzip' }),
      'cut-off',
    ],
    ['a 429 that does not say when', (r) => send(r, 429, '{}'), 'throttled'],
  ])('%s is tried five times, then said', async (_name, answer, code) => {
    const { ask, clock, server } = await serving(answer);
    const { result, calls, waits } = await ask();
    expect(result).toMatchObject({ ok: false, error: { code } });
    expect([calls, server.seen.length]).toEqual([5, 5]);
    expect(clock.slept).toEqual([500, 1000, 2000, 4000]);
    expect(waits.map(({ reason }) => reason)).toEqual(Array(4).fill(code === 'throttled' ? 'throttled' : 'failed'));
  });

  it('is forgotten when the next attempt works', async () => {
    const { ask } = await serving((response, count) => send(response, count < 3 ? 500 : 200, pageBody()));
    expect(await ask()).toMatchObject({ code: 'ok', calls: 3 });
  });

  it('is tried once where a test promises one call', async () => {
    for (const status of [500, 429]) {
      const { ask, clock } = await serving((response) => send(response, status, '', { 'retry-after': '2' }));
      expect(await ask({ once: true })).toMatchObject({ calls: 1 });
      expect(clock.slept).toEqual([]);
    }
  });

  it('is a time-out when nothing comes, at the head or in the body', async () => {
    const limits = { headersMs: 30, stallMs: 30 };
    const silent = await serving(() => undefined, { limits });
    expect((await silent.ask({ once: true })).code).toBe('timed-out');
    const stalling = await serving((response) => void response.writeHead(200).write('{'), { limits });
    expect((await stalling.ask({ once: true })).code).toBe('timed-out');
    const endless = await serving((response) => void response.writeHead(200).write('{'), { limits: { attemptMs: 30 } });
    expect((await endless.ask({ once: true })).code).toBe('timed-out');
  });

  it('ends at a body that is no page of images by its size', async () => {
    const { ask } = await serving((response) => send(response, 200, Buffer.alloc(20_000_001, ' ')));
    expect(await ask()).toMatchObject({ code: 'not-the-api', calls: 1 });
  });

  it('costs no call where no connection can be made', async () => {
    const { gate } = openGate();
    expect(await asker(gate, 'http://127.0.0.1:9')()).toMatchObject({ code: 'connection-refused', calls: 0 });
    expect(await asker(gate, 'https://nowhere.test')()).toMatchObject({ code: 'name-not-found', calls: 0, waits: [] });
  });
});

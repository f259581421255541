import type { ServerResponse } from 'node:http';
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, describe, expect, it } from 'vitest';
import { fetchFrom, open, picture, read, type Answer } from './image-support.ts';
import { openGate, send, serve, stopAll } from './support.ts';

afterEach(stopAll);

const modified = 'Tue, 03 Nov 2026 10:00:00 GMT';

describe('an image', () => {
  it('comes with what the server says of it, and without the key', async () => {
    const headers = { etag: '"v1"', 'last-modified': modified, 'content-type': 'image/png', 'content-length': 200_000 };
    const { body, server } = await fetchFrom((response) => send(response, 200, picture, headers));
    expect(body).toMatchObject({
      status: 200,
      from: 0,
      totalBytes: 200_000,
      validator: '"v1"',
      contentType: 'image/png',
    });
    expect(body?.lastModified).toBe(Date.parse(modified));
    expect(await read(body)).toEqual(picture);
    expect(server.seen[0]).toMatchObject({ method: 'GET', url: '/a%20b.png?v=1' });
    expect(Object.keys(server.seen[0]?.headers ?? {}).sort()).toEqual(
      ['accept', 'accept-encoding', 'connection', 'host', 'user-agent'].sort(),
    );
  });

  it('is decoded, and what its coded length says is not believed', async () => {
    const encodings = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };
    for (const [name, encode] of Object.entries(encodings)) {
      const coded = encode(picture);
      const headers = { 'content-encoding': name, etag: '"v1"', 'content-length': coded.length };
      const { body } = await fetchFrom((response) => send(response, 200, coded, headers));
      expect(body).toMatchObject({ totalBytes: null, validator: null });
      expect(await read(body)).toEqual(picture);
      const cut = await fetchFrom((response) =>
        send(response, 200, coded.subarray(0, -9), { 'content-encoding': name }),
      );
      expect(await read(cut.body)).toMatchObject({ code: 'cut-off', canRetry: true });
    }
    const twice = gzipSync(brotliCompressSync(picture));
    const both = await fetchFrom((response) => send(response, 200, twice, { 'content-encoding': 'br, gzip' }));
    expect(await read(both.body)).toEqual(picture);
  });

  it('is named by no weak tag, nor by a date that is as new as the answer', async () => {
    for (const headers of [{ etag: 'W/"v1"' }, { etag: 'odd' }, {}, { 'last-modified': 'soon' }]) {
      const { body } = await fetchFrom((response) => send(response, 200, picture, headers));
      expect(body?.validator).toBeNull();
      body?.discard();
    }
    const young = await fetchFrom((r) => send(r, 200, picture, { 'last-modified': modified, date: modified }));
    expect(young.body?.validator).toBeNull();
    const old = await fetchFrom((r) => send(r, 200, picture, { etag: 'W/"v1"', 'last-modified': modified }));
    expect(old.body?.validator).toBe(modified);
  });

  it.each([
    [404, 'not-found', false],
    [410, 'not-found', false],
    [401, 'refused', false],
    [403, 'refused', false],
    [400, 'unexpected-answer', false],
    [204, 'unexpected-answer', false],
    [206, 'unexpected-answer', false],
    [304, 'unexpected-answer', false],
    [416, 'unexpected-answer', false],
    [408, 'timed-out', true],
    [429, 'throttled', true],
    [500, 'server-error', true],
    [503, 'server-error', true],
  ])('with status %i is %s', async (status, code, canRetry) => {
    const { problem } = await fetchFrom((response) => send(response, status, '', { 'retry-after': '7' }));
    expect(problem).toMatchObject({ code, canRetry, status });
    expect(problem?.retryAfterMs).toBe(canRetry ? 7_000 : undefined);
  });

  it('that breaks off, stalls, is reset or never answers is a fault to retry', async () => {
    const half = (response: ServerResponse, then: () => void): void => {
      response.writeHead(200, { 'content-length': 200_000 }).write(picture.subarray(0, 70_000), then);
    };
    const cut = await fetchFrom((response) => half(response, () => response.destroy()));
    expect(await read(cut.body)).toMatchObject({ code: 'connection-lost', canRetry: true });
    const chunked = await fetchFrom((r) => void r.writeHead(200).write('abc', () => r.destroy()));
    expect(await read(chunked.body)).toMatchObject({ code: 'connection-lost', canRetry: true });
    const stalled = await fetchFrom((response) => half(response, () => undefined), {}, { limits: { stallMs: 40 } });
    expect(await read(stalled.body)).toMatchObject({ code: 'timed-out', canRetry: true });
    const reset = await fetchFrom((response) => response.socket?.resetAndDestroy());
    expect(reset.problem).toMatchObject({ code: 'connection-lost', canRetry: true });
    const silent = await fetchFrom(() => undefined, {}, { limits: { headersMs: 40 } });
    expect(silent.problem).toMatchObject({ code: 'timed-out', canRetry: true });
    const { gate } = openGate();
    expect((await open(gate, { url: 'http://127.0.0.1:9/a' })).problem).toMatchObject({ code: 'connection-refused' });
    expect((await open(gate, { url: 'http://no.test/a' })).problem).toMatchObject({ code: 'name-not-found' });
  });

  it('is cancelled before, while waiting and while reading', async () => {
    const answers: Answer[] = [() => undefined, (response) => void response.writeHead(200).write('abc')];
    for (const answer of answers) {
      const controller = new AbortController();
      const server = await serve((request, response) => {
        answer(response, request);
        setImmediate(() => controller.abort());
      });
      const { gate } = openGate();
      const opened = await open(gate, { url: server.origin }, controller.signal);
      expect(opened.problem ?? (await read(opened.body))).toMatchObject({ code: 'cancelled' });
      const late = await open(gate, { url: server.origin }, controller.signal);
      expect(late.problem).toMatchObject({ code: 'cancelled' });
    }
  });

  it('can be given up, before reading and in its midst', async () => {
    const { body, gate, server } = await fetchFrom((response) => send(response, 200, picture));
    body?.discard();
    const again = await open(gate, { url: server.origin });
    for await (const chunk of again.body?.chunks ?? []) {
      expect(chunk.byteLength).toBeGreaterThan(0);
      break;
    }
    expect(await read((await open(gate, { url: server.origin })).body)).toEqual(picture);
  });
});

describe('a resumed image', () => {
  const resume = { from: 150_000, validator: '"v1"' };
  const rest = picture.subarray(150_000);

  it('goes on where it stopped', async () => {
    const headers = { 'content-range': 'bytes 150000-199999/200000', etag: '"v1"' };
    const { body, server } = await fetchFrom((response) => send(response, 206, rest, headers), { resume });
    expect(server.seen[0]?.headers).toMatchObject({ range: 'bytes=150000-', 'if-range': '"v1"' });
    expect(body).toMatchObject({ status: 206, from: 150_000, totalBytes: 200_000, validator: '"v1"' });
    expect(await read(body)).toEqual(rest);
    const unknown = await fetchFrom((r) => send(r, 206, rest, { 'content-range': 'bytes 150000-199999/*' }), {
      resume,
    });
    expect(unknown.body).toMatchObject({ from: 150_000, totalBytes: null });
  });

  it('begins anew with a 200', async () => {
    const { body } = await fetchFrom((response) => send(response, 200, picture), { resume });
    expect(body).toMatchObject({ status: 200, from: 0 });
    expect(await read(body)).toEqual(picture);
  });

  it('is changed where the rest does not fit', async () => {
    const odd = [
      'bytes 0-199999/200000',
      'bytes 150001-199999/200000',
      'bytes 150000-1/9',
      'bytes 150000-200000/200000',
      'x',
      '',
    ];
    for (const range of odd) {
      const { problem } = await fetchFrom((r) => send(r, 206, rest, range ? { 'content-range': range } : {}), {
        resume,
      });
      expect(problem).toMatchObject({ code: 'changed', canRetry: true });
    }
    const coded = { 'content-range': 'bytes 150000-199999/200000', 'content-encoding': 'gzip' };
    const { problem } = await fetchFrom((response) => send(response, 206, gzipSync(rest), coded), { resume });
    expect(problem).toMatchObject({ code: 'changed' });
    const fitting = { 'content-range': 'bytes 150000-199999/200000' };
    for (const [validator, said] of [
      ['"v1"', { etag: '"v2"' }],
      [modified, { 'last-modified': 'Wed, 04 Nov 2026 10:00:00 GMT' }],
    ] as const) {
      const request = { resume: { from: 150_000, validator } };
      const other = await fetchFrom((r) => send(r, 206, rest, { ...fitting, ...said }), request);
      expect(other.problem).toMatchObject({ code: 'changed' });
    }
    const over = await fetchFrom((r) => send(r, 416, '', { 'content-range': 'bytes */99' }), { resume });
    expect(over.problem).toMatchObject({ code: 'changed', canRetry: true });
  });
});

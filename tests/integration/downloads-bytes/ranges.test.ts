import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { fetchToPart } from '../../../main/features/downloads/fetch/fetch-to-part.ts';
import { headerOf, headOf, serveRaw } from '../../support/raw-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { stopAll } from '../remote/support.ts';
import { fetchDeps, jobFor, sha256 } from './fetching.ts';

/** A file without an end marker, so that only its length can be checked. */
const file = Buffer.from(Array.from({ length: 400 }, (_, row) => `${String(row)},row ${String(row)}\n`).join(''));
const size = file.length;
const from = 1000;
const rest = file.subarray(from);
const etag = '"one"';
const date = 'Tue, 01 Dec 2026 10:00:00 GMT';
const modified = 'Sun, 01 Nov 2026 10:00:00 GMT';
const never = new AbortController().signal;
afterEach(stopAll);

type Answer = { readonly status?: string; readonly lines: readonly string[]; readonly body: Uint8Array };
type Case = readonly [name: string, answer: Answer, validator?: string, totalBytes?: number | null];

function named(cases: readonly Case[]) {
  return cases.map(([name, answer, validator = etag, totalBytes = size]) => ({ name, answer, validator, totalBytes }));
}

const whole = ['HTTP/1.1 200 OK', `Content-Length: ${String(size)}`, `ETag: ${etag}`];
const restRange = `bytes ${String(from)}-${String(size - 1)}/${String(size)}`;

function partial(status: string, range: string | null, body: Uint8Array, ...more: readonly string[]): Answer {
  const lines = [`HTTP/1.1 ${status}`, `Content-Length: ${String(body.length)}`, ...more];
  return { lines: range === null ? lines : [...lines, `Content-Range: ${range}`], body };
}

/** Resumes a part of `from` bytes from a server that answers ranges as given, other requests with the whole file. */
async function resume(answer: Answer, validator: string, totalBytes: number | null) {
  const server = await serveRaw((socket, request) => {
    const isRange = headerOf(request, 'range') !== undefined;
    socket.write(headOf(...(isRange ? answer.lines : whole)));
    socket.write(isRange ? answer.body : file);
    if (isRange && !answer.lines.some((line) => line.startsWith('Content-Length'))) socket.end();
  });
  const partPath = join(temporaryFolder(), 'list.csv.part');
  writeFileSync(partPath, file.subarray(0, from));
  const job = jobFor(server.origin, { partPath, validator, totalBytes, picture: false });
  const fetched = await fetchToPart(job, fetchDeps(), never);
  return { fetched, requests: server.heads.length, bytes: existsSync(partPath) ? readFileSync(partPath) : null };
}

const joined: readonly Case[] = [
  ['a 200 that brings the rest', partial('200 OK', restRange, rest, `ETag: ${etag}`)],
  [
    'a 200 that brings the rest and ends with the connection',
    { lines: ['HTTP/1.1 200 OK', 'Connection: close', `ETag: ${etag}`, `Content-Range: ${restRange}`], body: rest },
  ],
  ['a 206 without a validator', partial('206 Partial Content', restRange, rest)],
  ['a 206 of unknown length', partial('206 Partial Content', restRange.replace(/\d+$/, '*'), rest)],
  [
    'a 206 by date',
    partial('206 Partial Content', restRange, rest, `Last-Modified: ${modified}`, `Date: ${date}`),
    modified,
  ],
];

test.each(named(joined))('$name is joined to the part', async ({ answer, validator, totalBytes }) => {
  const { fetched, requests, bytes } = await resume(answer, validator, totalBytes);
  expect(fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
  expect(bytes?.equals(file)).toBe(true);
  expect(requests).toBe(1);
});

const wholeRange = `bytes 0-${String(size - 1)}/${String(size)}`;
const taken: readonly Case[] = [
  ['a 206 that brings the whole file', partial('206 Partial Content', wholeRange, file, `ETag: ${etag}`)],
  ['a 200 that brings the whole file', partial('200 OK', wholeRange, file, `ETag: ${etag}`)],
  ['a 203 that brings the whole file', partial('203 Non-Authoritative Information', null, file, `ETag: ${etag}`)],
  ['a 200 whose range is left over', partial('200 OK', restRange, file, `ETag: ${etag}`)],
  ['a 200 with no range at all', partial('200 OK', `bytes */${String(size)}`, file, `ETag: ${etag}`)],
];

test.each(named(taken))('$name takes the place of the part', async ({ answer, validator, totalBytes }) => {
  const { fetched, requests, bytes } = await resume(answer, validator, totalBytes);
  expect(fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
  expect(bytes?.equals(file)).toBe(true);
  expect(requests).toBe(1);
});

const other = file.subarray(from - 1);
const refetched: readonly Case[] = [
  ['a 200 of another file', partial('200 OK', restRange, rest, 'ETag: "two"')],
  [
    'a 200 from another byte',
    partial('200 OK', `bytes ${String(from - 1)}-${String(size - 1)}/${String(size)}`, other),
  ],
  ['a 200 of another length', partial('200 OK', `bytes ${String(from)}-${String(size - 1)}/${String(size + 5)}`, rest)],
  ['a 200 that brings less than it says', partial('200 OK', restRange, rest.subarray(5))],
  ['a 200 with another length than its range', partial('200 OK', `bytes */${String(size)}`, rest)],
  ['a 206 of another file', partial('206 Partial Content', restRange, rest, 'ETag: "two"')],
  ['a 206 without a range', partial('206 Partial Content', null, rest, `ETag: ${etag}`)],
  ['a 206 with an unreadable range', partial('206 Partial Content', 'bytes */*', rest)],
  [
    'a 206 in several parts',
    partial('206 Partial Content', null, Buffer.from('--x\r\n'), 'Content-Type: multipart/byteranges; boundary=x'),
  ],
  ['a 206 from byte 0', partial('206 Partial Content', `bytes 0-99/${String(size)}`, file.subarray(0, 100))],
  [
    'a 206 of unknown length to a part of unknown length',
    partial('206 Partial Content', `bytes ${String(from)}-1999/*`, file.subarray(from, 2000)),
    etag,
    null,
  ],
  ['a 416', partial('416 Range Not Satisfiable', 'bytes */9', Buffer.alloc(0))],
  [
    'a 206 of another date',
    partial('206 Partial Content', restRange, rest, `Last-Modified: ${date}`, `Date: ${date}`),
    modified,
  ],
];

test.each(named(refetched))('after %s, the whole file is fetched', async ({ answer, validator, totalBytes }) => {
  const { fetched, requests, bytes } = await resume(answer, validator, totalBytes);
  expect(fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
  expect(bytes?.equals(file)).toBe(true);
  expect(requests).toBe(2);
});

test('a server that sends ranges of limited length is asked for one after the other', async () => {
  const server = await serveRaw((socket, request) => {
    const start = Number(/bytes=(\d+)-/.exec(request)?.[1] ?? 0);
    const piece = file.subarray(start, start + 1500);
    const range = `bytes ${String(start)}-${String(start + piece.length - 1)}/${String(size)}`;
    const { lines } = partial('206 Partial Content', range, piece, `ETag: ${etag}`);
    socket.write(headOf(...lines));
    socket.write(piece);
  });
  let job = jobFor(server.origin, { picture: false });
  let fetched = await fetchToPart(job, fetchDeps(), never);
  for (let attempts = 1; !fetched.ok && fetched.error.keepPart && attempts < 9; attempts += 1) {
    job = jobFor(server.origin, { partPath: job.partPath, picture: false, ...job.opens.at(-1) });
    fetched = await fetchToPart(job, fetchDeps(), never);
  }
  expect(fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
  expect(server.heads.length).toBe(Math.ceil(size / 1500));
});

/** Fetches a file from a server with this raw answer. */
async function fetchRaw(...answer: readonly (string | Uint8Array)[]) {
  const server = await serveRaw((socket) => {
    for (const bytes of answer) socket.write(bytes);
  });
  const job = jobFor(server.origin, { picture: false });
  const fetched = await fetchToPart(job, fetchDeps(), never);
  return { fetched, host: server.origin.replace('http://', '') };
}

test('an unrequested 206 is taken if it covers the whole file, and refused with the reason if not', async () => {
  const all = await fetchRaw(headOf(...partial('206 Partial Content', wholeRange, file).lines), file);
  expect(all.fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
  for (const range of [restRange, null, 'bytes 0-99/*']) {
    const piece = file.subarray(0, range === restRange ? rest.length : 100);
    const part = await fetchRaw(headOf(...partial('206 Partial Content', range, piece).lines), piece);
    const message = `${part.host} sent only a part of the file although all of it was requested (206).`;
    expect(part.fetched).toMatchObject({ ok: false, error: { code: 'unexpected-answer', canRetry: false, message } });
  }
});

test.each([
  ['100 Continue', 'HTTP/1.1 100 Continue'],
  ['102 Processing', 'HTTP/1.1 102 Processing'],
  ['103 Early Hints', 'HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload; as=style'],
  ['several of them', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 100 Continue'],
])('an unrequested %s is ignored', async (_name, interim) => {
  const { fetched } = await fetchRaw(headOf(interim), headOf(...whole), file);
  expect(fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
});

test('an answer is read however its head is cut into packets, and on a connection that is used again', async () => {
  const bytes = Buffer.from(headOf('HTTP/1.1 100 Continue') + headOf(...whole, `Content-Length: ${String(size)}`));
  const server = await serveRaw((socket) => {
    const send = (at: number): void => {
      if (at < bytes.length) socket.write(bytes.subarray(at, at + 7), () => setImmediate(() => send(at + 7)));
      else socket.write(file);
    };
    socket.setNoDelay(true);
    send(0);
  });
  const deps = fetchDeps();
  for (const _ of [1, 2, 3]) {
    const fetched = await fetchToPart(jobFor(server.origin, { picture: false }), deps, never);
    expect(fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
  }
});

test.each([
  ['twice', [`Content-Length: ${String(size)}`, `content-length: ${String(size)}`]],
  ['three times', Array.from({ length: 3 }, () => `Content-Length: ${String(size)}`)],
  ['twice in one line', [`Content-Length: ${String(size)}, ${String(size)}`]],
])('one length, declared %s, is that length', async (_name, lines) => {
  const { fetched } = await fetchRaw(headOf('HTTP/1.1 200 OK', ...lines), file);
  expect(fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
});

test.each([
  [
    'two different lengths',
    [`Content-Length: 5`, `Content-Length: ${String(size)}`],
    `The server declared different lengths for one file: 5 and ${String(size)} bytes.`,
  ],
  [
    'two different lengths in one line',
    ['Content-Length: 5, 6'],
    'The server declared different lengths for one file: 5 and 6 bytes.',
  ],
])('%s are refused with the reason', async (_name, lines, message) => {
  const { fetched, host } = await fetchRaw(headOf('HTTP/1.1 200 OK', ...lines), file);
  expect(fetched).toMatchObject({
    ok: false,
    error: { code: 'unexpected-answer', canRetry: false, message: `${host}: ${message}` },
  });
});

test('another protocol is refused with the reason', async () => {
  const { fetched, host } = await fetchRaw(
    headOf('HTTP/1.1 101 Switching Protocols', 'Connection: Upgrade', 'Upgrade: h2c'),
  );
  const message = `${host}: The server switched to another protocol although it was not asked to.`;
  expect(fetched).toMatchObject({ ok: false, error: { code: 'unexpected-answer', canRetry: false, message } });
});

test('chunks count, and not a length beside them', async () => {
  const chunk = Buffer.concat([Buffer.from(`${size.toString(16)}\r\n`), file, Buffer.from('\r\n0\r\n\r\n')]);
  const { fetched } = await fetchRaw(
    headOf('HTTP/1.1 200 OK', 'Content-Length: 7', 'Transfer-Encoding: chunked'),
    chunk,
  );
  expect(fetched).toMatchObject({ ok: true, value: { bytes: size, sha256: sha256(file) } });
});

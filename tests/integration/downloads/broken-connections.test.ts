import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, expect, it } from 'vitest';
import { filePatience } from '../../../main/domain/network/backoff.ts';
import { must } from '../../support/core.ts';
import { headerOf, headOf, serveRaw } from '../../support/raw-server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { filesBelow, openWorkbench, sha256, type Workbench } from './workbench.ts';

const file = Buffer.alloc(3_000_000, 'a line of a file\n');
const etag = '"one"';
const attempts = filePatience.retries + 1;

/** Starts a server that supports Range and ETag, and closes each connection after `pieceBytes(n)` bytes of answer n. */
async function serveInPieces(pieceBytes: (n: number) => number, tag: string | null = etag) {
  return serveRaw((socket, request, n) => {
    const validator = headerOf(request, 'if-range');
    const from = validator === tag ? Number(/bytes=(\d+)-/.exec(request)?.[1] ?? 0) : 0;
    const range = `Content-Range: bytes ${String(from)}-${String(file.length - 1)}/${String(file.length)}`;
    const status = from > 0 ? ['HTTP/1.1 206 Partial Content', range] : ['HTTP/1.1 200 OK'];
    const lines = [
      ...status,
      `Content-Length: ${String(file.length - from)}`,
      ...(tag === null ? [] : [`ETag: ${tag}`]),
    ];
    socket.write(headOf(...lines));
    const piece = file.subarray(from, from + pieceBytes(n));
    if (from + piece.length < file.length) socket.end(piece);
    else socket.write(piece);
  });
}

function open(origin: string, home = temporaryFolder()) {
  const bench = openWorkbench({ home, origin });
  bench.list([{ id: 1, url: `${origin}/a/large.csv`, sizeText: '3 MB' }]);
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await bench.close();
    isOpen = false;
  };
  onTestFinished(close);
  return { ...bench, home, close };
}

async function download({ downloads }: Workbench, destination: string) {
  const order = {
    ...{ query: '', selection: null, destination, template: '{name}.{ext}', policy: 'skip-identical' as const },
    ...{ includeOther: true, manifest: false, concurrency: null, limitRate: null },
  };
  const { batch } = must(await downloads.start(order));
  return must(await downloads.wait(batch.id)).batch;
}

async function retry({ downloads }: Workbench, batchId: number) {
  expect(must(await downloads.act('retry', batchId))).toBe(1);
  return must(await downloads.wait(batchId)).batch;
}

it('finishes a file although every connection breaks after a piece of it', async () => {
  const { origin, heads } = await serveInPieces(() => 50_000);
  const destination = temporaryFolder();
  expect(await download(open(origin), destination)).toMatchObject({ state: 'finished', done: 1 });
  expect(heads.length).toBeGreaterThan(2 * attempts);
  expect(sha256(readFileSync(join(destination, 'large.csv')))).toBe(sha256(file));
  expect(Object.keys(filesBelow(destination))).toEqual(['large.csv']);
});

it('counts the attempts that bring nothing, also between others that do', async () => {
  const { origin, heads } = await serveInPieces((n) => (n % 2 === 0 ? 0 : 100_000));
  const batch = await download(open(origin), temporaryFolder());
  expect(batch).toMatchObject({ state: 'finished', failed: 1 });
  expect(heads.length).toBe(2 * attempts);
});

it('counts an attempt whose bytes can’t be continued', async () => {
  const { origin, heads } = await serveInPieces(() => 200_000, null);
  const destination = temporaryFolder();
  expect(await download(open(origin), destination)).toMatchObject({ state: 'finished', failed: 1 });
  expect(heads).toHaveLength(attempts);
  expect(filesBelow(destination)).toEqual({});
});

it.each([false, true])('continues a file that failed from what arrived; after a restart: %s', async (restarts) => {
  const server = await serveInPieces((n) => (n === 1 ? 1_000_000 : n <= 1 + attempts ? 0 : file.length));
  const destination = temporaryFolder();
  const first = open(server.origin);
  const batch = await download(first, destination);
  expect(batch).toMatchObject({ state: 'finished', failed: 1 });
  expect(Object.keys(filesBelow(destination))).toEqual([expect.stringMatching(/^large\.csv\..*\.part$/)]);
  if (restarts) await first.close();
  const bench = restarts ? open(server.origin, first.home) : first;
  expect(await retry(bench, batch.id)).toMatchObject({ state: 'finished', done: 1, failed: 0 });
  const range = headerOf(server.heads.at(-1) ?? '', 'range');
  expect(range).toBe('bytes=1000000-');
  expect(filesBelow(destination)).toEqual({ 'large.csv': sha256(file) });
});

it('leaves no part behind when the history is cleared, nor when the image is gone', async () => {
  const server = await serveInPieces((n) => (n === 1 ? 1_000_000 : 0));
  const destination = temporaryFolder();
  const bench = open(server.origin);
  await download(bench, destination);
  expect(Object.keys(filesBelow(destination))).toHaveLength(1);
  expect(await bench.downloads.clearHistory()).toBe(1);
  expect(filesBelow(destination)).toEqual({});
});

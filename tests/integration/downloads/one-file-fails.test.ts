import { describe, expect, it } from 'vitest';
import { brotliCompressSync } from 'node:zlib';
import { must } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { rawSays, serveRaw, type RawAnswer } from '../../support/raw-server.ts';
import { openBench } from './bench-test.ts';
import { filesBelow, sha256 } from './workbench.ts';

const ok = 'HTTP/1.1 200 OK\r\n';
const bomb = brotliCompressSync(`<svg xmlns="http://www.w3.org/2000/svg">${' '.repeat(30_000_000)}</svg>`);

/** Answers that make a transport throw, or that are misleading. */
const odd: readonly (readonly [name: string, answer: RawAnswer, code: string, requests: number])[] = [
  ['chunks.png', rawSays(`${ok}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n`), 'cut-off', 5],
  ['colon.png', rawSays(`${ok}Nonsense\r\n\r\nabc`), 'unexpected-answer', 1],
  ['control.png', rawSays(`${ok}X-A: b\x01c\r\n\r\nabc`), 'unexpected-answer', 1],
  ['banner.png', rawSays('SSH-2.0-OpenSSH_9.2p1\r\n'), 'unexpected-answer', 1],
  ['size.png', rawSays(`${ok}Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n`), 'unexpected-answer', 1],
  ['protocol.png', rawSays('HTTP/1.1 101 S\r\n\r\nabc'), 'unexpected-answer', 1],
  ['brotli.png', rawSays(`${ok}Content-Encoding: br\r\nContent-Length: 14\r\n\r\nzzzzzzzzzzzzzz`), 'cut-off', 5],
  [
    'bomb.svg',
    rawSays(Buffer.concat([Buffer.from(`${ok}Content-Encoding: br\r\nContent-Length: ${bomb.length}\r\n\r\n`), bomb])),
    'unexpected-answer',
    1,
  ],
];

describe('a batch', () => {
  it('saves the rest though the transport throws over some of its files, and is finished', async () => {
    const images = plainImages(6);
    const bench = await openBench(images);
    const server = await serveRaw((socket, head, n) => {
      const answer = odd.find(([name]) => head.includes(`/${name}`))?.[1];
      answer?.(socket, head, n);
    });
    const listed = odd.map(([name], index) => ({
      id: 9_000_000 + index,
      url: `${server.origin}/${name}`,
      sizeText: '1 Kb',
    }));
    bench.list(listed);
    const { batch } = await bench.download();
    expect(batch).toMatchObject({ state: 'finished', done: 6, failed: odd.length, unsettled: 0 });
    const rows = must(bench.downloads.transfers(batch.id, 'failed', 0, 50));
    const codes = Object.fromEntries(rows.map(({ name, reason }) => [name, reason?.code]));
    expect(codes).toEqual(Object.fromEntries(odd.map(([name, , code]) => [name, code])));
    for (const [name, , , requests] of odd) {
      expect(
        server.heads.filter((head) => head.includes(`/${name}`)),
        name,
      ).toHaveLength(requests);
    }
    expect(rows.find(({ name }) => name === 'bomb.svg')?.reason?.message).toMatch(
      /compressed its answer \(br\).*given up/,
    );
    const files = filesBelow(bench.destination);
    const sound = await Promise.all(images.map(async ({ file }) => sha256(await file.make())));
    expect(Object.values(files).sort()).toEqual(sound.sort());
  });

  it('goes on past a file over which our own code throws, and says where to look', async () => {
    const images = plainImages(4);
    const bench = await openBench(images, {
      change: (deps) => ({
        ...deps,
        openImage: (request, signal) =>
          request.url.includes('1000002') ? Promise.reject(new TypeError('a bug')) : deps.openImage(request, signal),
      }),
    });
    const { batch } = await bench.download();
    expect(batch).toMatchObject({ state: 'finished', done: 3, failed: 1, unsettled: 0 });
    const [failed] = must(bench.downloads.transfers(batch.id, 'failed', 0, 5));
    expect(failed).toMatchObject({ reason: { code: 'internal', canRetry: false } });
    expect(failed?.reason?.message).toContain(`batch ${batch.id}`);
    expect(bench.log.join('\n')).toMatch(/error a transfer failed unexpectedly .*TypeError: a bug/);
    expect(Object.keys(filesBelow(bench.destination))).toHaveLength(3);
  });

  it('is paused, and can be resumed, where our own code throws over its end', async () => {
    const broken = { is: true };
    const bench = await openBench(plainImages(3), {
      change: (deps) => ({
        ...deps,
        accountOf(id) {
          const account = deps.accountOf(id);
          if (account === undefined || !broken.is) return account;
          return {
            origin: account.origin,
            get name(): never {
              throw new TypeError('a bug');
            },
          };
        },
      }),
    });
    const first = await bench.download({ manifest: true });
    expect(first).toMatchObject({ failure: { code: 'internal' }, batch: { state: 'paused', done: 3, failed: 0 } });
    expect(bench.downloads.list(false, 1)[0]).toMatchObject({ state: 'paused', stop: { code: 'internal' } });
    expect(bench.log.join('\n')).toMatch(/error a batch ended unexpectedly .*TypeError: a bug/);
    broken.is = false;
    must(await bench.downloads.act('resume', first.batch.id));
    expect(must(await bench.downloads.wait(first.batch.id)).batch).toMatchObject({ state: 'finished', done: 3 });
  });
});

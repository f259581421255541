import { existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { fetchToPart } from '../../../main/features/downloads/fetch/fetch-to-part.ts';
import { serve, stopAll } from '../remote/support.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { continued, fetchDeps, jobFor, noise, sendBroken, sendFile, sha256, type TestJob } from './fetching.ts';

let file: Buffer;
const never = new AbortController().signal;
const etag = '"one"';

beforeAll(async () => {
  file = await noise(1100, 900);
});
afterEach(stopAll);

/** Creates a job with `part` already on disk, as after a kill. */
function jobWith(origin: string, part: Uint8Array, known: Partial<TestJob> = {}): TestJob {
  const partPath = join(temporaryFolder(), 'picture.jpg.part');
  writeFileSync(partPath, part);
  return jobFor(origin, { partPath, validator: etag, totalBytes: file.length, ...known });
}

function expectWhole(job: TestJob, fetched: Awaited<ReturnType<typeof fetchToPart>>, content = file): void {
  expect(fetched).toMatchObject({ ok: true, value: { bytes: content.length, sha256: sha256(content) } });
  expect(readFileSync(job.partPath).equals(content)).toBe(true);
}

describe('a connection that breaks', () => {
  test('leaves what arrived, and the next attempt asks only for the rest', async () => {
    const server = await serve((request, response) => {
      if (server.seen.length === 1) sendBroken(response, file, 2_000_000, { etag });
      else sendFile(request, response, file);
    });
    const job = jobFor(server.origin);
    const broken = await fetchToPart(job, fetchDeps(), never);
    expect(broken).toMatchObject({ ok: false, error: { code: 'connection-lost', canRetry: true, keepPart: true } });
    const kept = statSync(job.partPath).size;
    expect(kept).toBeGreaterThan(0);

    const next = continued(job);
    expectWhole(next, await fetchToPart(next, fetchDeps(), never));
    expect(server.seen[1]?.headers).toMatchObject({ range: `bytes=${String(kept)}-`, 'if-range': etag });
  });

  test('leaves nothing where nothing says which file it was', async () => {
    const { origin } = await serve((_request, response) => {
      sendBroken(response, file, 500_000, {});
    });
    const job = jobFor(origin);
    const broken = await fetchToPart(job, fetchDeps(), never);
    expect(broken).toMatchObject({ ok: false, error: { code: 'connection-lost', keepPart: false } });
    expect(existsSync(job.partPath)).toBe(false);
  });

  test('a stall ends the attempt, not the file', async () => {
    const server = await serve((request, response) => {
      if (server.seen.length > 1) {
        sendFile(request, response, file);
        return;
      }
      response.writeHead(200, { etag, 'content-length': file.length });
      response.write(file.subarray(0, 1000));
    });
    const job = jobFor(server.origin);
    const stalled = await fetchToPart(job, fetchDeps(), never);
    expect(stalled).toMatchObject({ ok: false, error: { code: 'timed-out', canRetry: true, keepPart: true } });
    expect(statSync(job.partPath).size).toBe(1000);
    const next = continued(job);
    expectWhole(next, await fetchToPart(next, fetchDeps(), never));
  });

  test('an abort leaves what arrived, and asks for nothing if it comes first', async () => {
    const server = await serve((request, response) => {
      if (server.seen.length > 1) {
        sendFile(request, response, file);
        return;
      }
      response.writeHead(200, { etag, 'content-length': file.length });
      response.write(file.subarray(0, 300_000));
    });
    const pause = new AbortController();
    const seen: number[] = [];
    const job = jobFor(server.origin, {
      progressed(bytes) {
        seen.push(bytes);
        if (bytes === 300_000) pause.abort();
      },
    });
    const stopped = await fetchToPart(job, fetchDeps(), pause.signal);
    expect(stopped).toMatchObject({ ok: false, error: { code: 'cancelled', keepPart: true } });
    expect(statSync(job.partPath).size).toBe(seen.at(-1));

    const early = continued(job);
    expect(await fetchToPart(early, fetchDeps(), pause.signal)).toMatchObject({
      ok: false,
      error: { code: 'cancelled' },
    });
    expect(server.seen).toHaveLength(1);
    expectWhole(early, await fetchToPart(early, fetchDeps(), never));
  });
});

describe('a part file that is found', () => {
  test('of any length, is continued to the same file', async () => {
    const server = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const deps = fetchDeps();
    const anyLength = fc.oneof(fc.integer({ min: 1, max: file.length - 1 }), fc.constantFrom(1, 2, 3, file.length - 1));
    await fc.assert(
      fc.asyncProperty(anyLength, async (length) => {
        const partPath = join(temporaryFolder(), 'part');
        writeFileSync(partPath, file.subarray(0, length));
        const job = jobFor(server.origin, { partPath, validator: etag, totalBytes: file.length });
        expectWhole(job, await fetchToPart(job, deps, never));
        expect(server.seen.at(-1)?.headers.range).toBe(`bytes=${String(length)}-`);
      }),
      { numRuns: 15 },
    );
  });

  test('whole, needs no request', async () => {
    const server = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const job = jobWith(server.origin, file);
    expectWhole(job, await fetchToPart(job, fetchDeps(), never));
    expect(server.seen).toEqual([]);
  });

  test('whole, of a length that nobody remembers, ends well too', async () => {
    const server = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const job = jobWith(server.origin, file, { totalBytes: null });
    expectWhole(job, await fetchToPart(job, fetchDeps(), never));
  });

  test.each([
    ['without a validator', () => file.subarray(0, 5000), { validator: null }],
    ['that is no picture', () => Buffer.from('<html><title>half a page</title>'), {}],
    ['longer than the file', () => Buffer.concat([file, file]), {}],
    [
      'as long as the file, but cut inside',
      () => Buffer.concat([file.subarray(0, 700), Buffer.alloc(file.length - 700)]),
      {},
    ],
  ])('%s, is begun anew', async (_name, part, known) => {
    const server = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const job = jobWith(server.origin, part(), known);
    expectWhole(job, await fetchToPart(job, fetchDeps(), never));
    expect(server.seen.map(({ headers }) => headers.range)).toEqual([undefined]);
  });

  test('that does not fit to the rest, is begun anew with the next attempt', async () => {
    const { origin } = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const broken = Buffer.concat([file.subarray(0, 2), Buffer.from('\xff\xe1\0\0', 'latin1')]);
    const job = jobWith(origin, broken);
    const fetched = await fetchToPart(job, fetchDeps(), never);
    expect(fetched).toMatchObject({ ok: false, error: { canRetry: true, keepPart: false } });
    const next = continued(job);
    expectWhole(next, await fetchToPart(next, fetchDeps(), never));
  });

  test('is begun anew when the file has changed meanwhile, also where the server does not heed If-Range', async () => {
    const other = await noise(1000, 800);
    for (const heeds of [true, false]) {
      const { origin } = await serve((request, response) => {
        if (!heeds && request.headers.range !== undefined) request.headers['if-range'] = '"two"';
        sendFile(request, response, other, '"two"');
      });
      const job = jobWith(origin, file.subarray(0, 100_000));
      expectWhole(job, await fetchToPart(job, fetchDeps(), never), other);
      expect(job.opens).toMatchObject([{ validator: '"two"', totalBytes: other.length }]);
    }
  });

  test('that is a link, leads nothing anywhere', async () => {
    const { origin } = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const folder = temporaryFolder();
    const [target, partPath] = [join(folder, 'mine.txt'), join(folder, 'part')];
    for (const validator of [etag, null]) {
      writeFileSync(target, file.subarray(0, 10));
      if (!existsSync(partPath)) symlinkSync(target, partPath);
      const job = jobFor(origin, { partPath, validator });
      expectWhole(job, await fetchToPart(job, fetchDeps(), never));
      expect(readFileSync(target).length).toBe(10);
    }
  });

  test('is gone when the file is gone for good', async () => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(404).end();
    });
    const job = jobWith(origin, file.subarray(0, 100));
    expect(await fetchToPart(job, fetchDeps(), never)).toMatchObject({ ok: false, error: { keepPart: false } });
    expect(existsSync(job.partPath)).toBe(false);
  });

  test('that is a folder, is said', async () => {
    const { origin } = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const partPath = join(temporaryFolder(), 'part');
    mkdirSync(partPath);
    const job = jobFor(origin, { partPath, validator: etag });
    expect(await fetchToPart(job, fetchDeps(), never)).toMatchObject({ ok: false, error: { code: 'not-writable' } });
  });
});

describe('the journal', () => {
  test('has the validator before the disk has a byte', async () => {
    const { origin } = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const journalled = Promise.withResolvers<undefined>();
    const deps = fetchDeps();
    const job = jobFor(origin, { opened: () => journalled.promise });
    const fetching = fetchToPart(job, deps, never);
    await vi.waitFor(() => {
      expect(existsSync(job.partPath)).toBe(true);
    });
    expect(statSync(job.partPath).size).toBe(0);
    journalled.resolve(undefined);
    expectWhole(job, await fetching);
  });

  test('that fails is a bug, and no result', async () => {
    const { origin } = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const job = jobFor(origin, { opened: () => Promise.reject(new Error('the journal is broken')) });
    await expect(fetchToPart(job, fetchDeps(), never)).rejects.toThrow('the journal is broken');
    expect(statSync(job.partPath).size).toBe(0);
  });
});

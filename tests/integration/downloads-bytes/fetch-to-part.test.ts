import { existsSync, readFileSync, statSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { fetchToPart } from '../../../main/features/downloads/fetch/fetch-to-part.ts';
import { send, serve, stopAll } from '../remote/support.ts';
import { fetchDeps, jobFor, lastModified, noise, sendFile, sha256 } from './fetching.ts';

let small: Buffer;
let large: Buffer;
const never = new AbortController().signal;

beforeAll(async () => {
  small = await noise(60, 40);
  large = await noise(1100, 900);
  expect(large.length).toBeGreaterThan(2_500_000);
});
afterEach(stopAll);

describe('a whole file', () => {
  test('is in its part file, hashed, measured and dated, whatever its length', async () => {
    for (const file of [small, large]) {
      const { origin } = await serve((request, response) => {
        sendFile(request, response, file);
      });
      const job = jobFor(origin);
      const fetched = await fetchToPart(job, fetchDeps(), never);
      const size = file === small ? { width: 60, height: 40 } : { width: 1100, height: 900 };
      const facts = { type: 'jpeg', ...size, animated: false };
      expect(fetched).toEqual({
        ok: true,
        value: { bytes: file.length, sha256: sha256(file), ...facts, lastModified },
      });
      expect(readFileSync(job.partPath).equals(file)).toBe(true);
      expect(statSync(job.partPath).mtimeMs).toBe(lastModified);
      expect(job.opens).toEqual([{ totalBytes: file.length, validator: '"one"', lastModified }]);
      expect(job.progress.at(-1)).toBe(file.length);
    }
  });

  test('is taken without a length, and out of gzip', async () => {
    for (const encoding of ['identity', 'gzip']) {
      const { origin } = await serve((_request, response) => {
        response.writeHead(200, encoding === 'gzip' ? { 'content-encoding': 'gzip' } : {});
        response.write(encoding === 'gzip' ? gzipSync(large) : large.subarray(0, 10));
        response.end(encoding === 'gzip' ? '' : large.subarray(10));
      });
      const job = jobFor(origin);
      const fetched = await fetchToPart(job, fetchDeps(), never);
      expect(fetched).toMatchObject({
        ok: true,
        value: { bytes: large.length, sha256: sha256(large), lastModified: null },
      });
      expect(readFileSync(job.partPath).equals(large)).toBe(true);
      expect(job.opens).toEqual([{ totalBytes: null, validator: null, lastModified: null }]);
    }
  });

  test('that is no picture by its name is checked by its length alone', async () => {
    const bodies = [
      { body: '<html>', headers: { 'content-length': 6 }, ends: { ok: true } },
      { body: '', headers: { 'content-length': 0 }, ends: { ok: true } },
      { body: '', headers: { 'transfer-encoding': 'chunked' }, ends: { ok: false, error: { code: 'empty' } } },
    ];
    for (const { body, headers, ends } of bodies) {
      const { origin } = await serve((_request, response) => {
        send(response, 200, body, headers);
      });
      const job = jobFor(origin, { picture: false });
      const fetched = await fetchToPart(job, fetchDeps(), never);
      expect(fetched).toMatchObject(ends);
      if (fetched.ok)
        expect(fetched.value).toMatchObject({ type: null, width: null, sha256: sha256(Buffer.from(body)) });
      expect(existsSync(job.partPath)).toBe(fetched.ok);
    }
  });
});

describe('what is no whole picture leaves nothing', () => {
  const cut = () => small.subarray(0, -2);
  test.each([
    ['web-page', true, () => Buffer.from('\n<!DOCTYPE html><title>Sign in</title>')],
    ['not-a-picture', false, () => Buffer.from('{"error": "no such image"}')],
    ['empty', true, () => Buffer.alloc(0)],
    ['cut-off', false, cut],
  ])('%s, of a known length', async (code, canRetry, body) => {
    const { origin } = await serve((_request, response) => {
      send(response, 200, body(), { etag: '"one"', 'content-length': body().length });
    });
    const job = jobFor(origin);
    const fetched = await fetchToPart(job, fetchDeps(), never);
    expect(fetched).toMatchObject({ ok: false, error: { code, canRetry, keepPart: false } });
    expect(existsSync(job.partPath)).toBe(false);
  });

  test('cut off, of an unknown length: it may be whole the next time', async () => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(200, { etag: '"one"', 'transfer-encoding': 'chunked' });
      response.end(cut());
    });
    const job = jobFor(origin);
    const fetched = await fetchToPart(job, fetchDeps(), never);
    expect(fetched).toMatchObject({ ok: false, error: { code: 'cut-off', canRetry: true, keepPart: false } });
    expect(existsSync(job.partPath)).toBe(false);
  });

  test('an endless page is not read on', async () => {
    const { origin } = await serve((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html' });
      const more = (): void => {
        if (!response.destroyed) response.write(`<html>${' '.repeat(65_536)}`, more);
      };
      more();
    });
    const fetched = await fetchToPart(jobFor(origin), fetchDeps(), never);
    expect(fetched).toMatchObject({ ok: false, error: { code: 'web-page' } });
  });

  test('an answer that is none leaves nothing either', async () => {
    const { origin } = await serve((_request, response) => {
      send(response, 404, 'no');
    });
    const job = jobFor(origin);
    const fetched = await fetchToPart(job, fetchDeps(), never);
    expect(fetched).toMatchObject({ ok: false, error: { code: 'not-found', canRetry: false, keepPart: false } });
    expect(existsSync(job.partPath)).toBe(false);
  });
});

import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSampleLibrary } from '../../../main/features/sample/library.ts';
import { startSampleServer, type SampleServer } from '../../../main/features/sample/server/sample-server.ts';
import { documentedError } from '../../support/fake-api/fixtures.ts';
import { plainGet } from '../../support/fake-api/plain-client.ts';

type Record = { imageID: number; imageURL: string; size: string };

describe('the sample server', () => {
  let server: SampleServer;
  const library = createSampleLibrary({ count: 1_250, seed: 12 });

  beforeEach(async () => {
    server = await startSampleServer({ count: 1_250, seed: 12 });
  });
  afterEach(() => server.close());

  async function page(path: string): Promise<{ response: Record[]; pagination: { [field: string]: unknown } }> {
    const { status, body } = await plainGet(server.origin + path, { headers: { 'api-key': 'any key' } });
    expect(status).toBe(200);
    return JSON.parse(body.toString());
  }

  test('lists every image once, newest first, to any key and any user', async () => {
    const records: Record[] = [];
    for (let number = 1; number <= 13; number += 1) {
      records.push(...(await page(`/a/api/v2/users/4711/images?page=${number}&perPage=100`)).response);
    }
    const ids = records.map(({ imageID }) => imageID);
    expect(ids).toHaveLength(1_250);
    expect(ids).toEqual([...new Set(ids)].sort((one, other) => other - one));
    const own = await page('/a/api/v2/images');
    expect(own.response).toEqual(records.slice(0, 100));
    expect(own.pagination).toMatchObject({ perPage: 100, totalItems: 1_250, currentPage: 1, totalPages: 13 });
  });

  test('has empty pages behind the last, and takes more than 100 per page as 100', async () => {
    expect((await page('/a/api/v2/images?page=14')).response).toEqual([]);
    expect((await page('/a/api/v2/images?page=13')).response).toHaveLength(50);
    expect((await page('/a/api/v2/images?perPage=1000')).pagination).toMatchObject({ perPage: 100, totalPages: 13 });
  });

  test('serves the file behind each URL, with its length, type, ETag and date', async () => {
    const { response: records } = await page('/a/api/v2/images?page=13');
    for (const [index, { imageURL }] of records.slice(-30).entries()) {
      const image = library.at(1_250 - 30 + index);
      const { status, headers, body } = await plainGet(imageURL);
      expect([status, body.length, headers['content-length']]).toEqual([200, image?.bytes, String(image?.bytes)]);
      expect(headers.etag).toMatch(/^"[\da-f-]+"$/);
      expect(headers['last-modified']).toBe(new Date(image?.modifiedMs ?? 0).toUTCString());
      expect(headers['content-type']).toMatch(/^(?:image|text|font|video|application)\/[a-z+-]+$/);
    }
  });

  test('continues a file with Range, and starts again when If-Range names another one', async () => {
    const { response: records } = await page('/a/api/v2/images?page=2');
    const url = records[3]?.imageURL ?? '';
    const whole = await plainGet(url);
    const etag = whole.headers.etag ?? '';
    const part = await plainGet(url, { headers: { range: 'bytes=5000-', 'if-range': etag } });
    expect([part.status, part.headers['content-range']]).toEqual([
      206,
      `bytes 5000-${whole.body.length - 1}/${whole.body.length}`,
    ]);
    expect(Buffer.concat([whole.body.subarray(0, 5_000), part.body]).equals(whole.body)).toBe(true);
    const other = await plainGet(url, { headers: { range: 'bytes=5000-', 'if-range': '"other"' } });
    expect([other.status, other.body.length]).toEqual([200, whole.body.length]);
    expect((await plainGet(url, { headers: { range: 'bytes=99999999-' } })).status).toBe(416);
  });

  test('answers with the documented errors what it does not have', async () => {
    for (const path of [
      '/',
      '/a/api/v2/apikey/regenerate',
      '/qp_userimages/sub-3/1234567/nothing.png',
      '/qp_userimages/sub-3/1234567/%zz',
    ]) {
      const { status, body } = await plainGet(server.origin + path);
      expect([status, body.toString()]).toEqual([404, documentedError(404)]);
    }
    const { status, body } = await plainGet(`${server.origin}/a/api/v2/images?page=none`);
    expect([status, body.toString()]).toEqual([400, documentedError(400)]);
    expect((await fetch(`${server.origin}/a/api/v2/images`, { method: 'DELETE' })).status).toBe(400);
  });

  test('gives the same to another server of the same seed, under the origin that it is told', async () => {
    const publicOrigin = 'http://sample.localhost';
    const second = await startSampleServer({ count: 1_250, seed: 12, publicOrigin });
    const listed = await plainGet(`${second.origin}/a/api/v2/images?page=5`);
    const { response } = JSON.parse(listed.body.toString()) as { response: Record[] };
    const { response: own } = await page('/a/api/v2/images?page=5');
    expect(response.map(({ imageURL }) => imageURL)).toEqual(
      own.map(({ imageURL }) => imageURL.replace(server.origin, publicOrigin)),
    );
    const hash = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
    const url = new URL(own[7]?.imageURL ?? '');
    expect(hash((await plainGet(second.origin + url.pathname)).body)).toBe(hash((await plainGet(url.href)).body));
    await second.close();
    expect((await plainGet(second.origin)).problem).toBe('ECONNREFUSED');
  });

  test('lists a million, and none', async () => {
    const million = await startSampleServer({ count: 1_000_000, seed: 1 });
    const last = await plainGet(`${million.origin}/a/api/v2/images?page=10000`);
    expect(JSON.parse(last.body.toString()).response).toHaveLength(100);
    await million.close();
    const none = await startSampleServer({ count: 0, seed: 1 });
    const empty = await plainGet(`${none.origin}/a/api/v2/images`);
    expect(JSON.parse(empty.body.toString())).toMatchObject({
      response: [],
      pagination: { totalItems: 0, totalPages: 0 },
    });
    await none.close();
  });

  test('says when its port is taken', async () => {
    await expect(startSampleServer({ count: 1, seed: 1, port: server.port })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

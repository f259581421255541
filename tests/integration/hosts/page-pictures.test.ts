import { readdirSync, readlinkSync, rmSync, truncateSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openPage, pictureBytes as bytes } from '../../support/web/open-page.ts';

/** Returns this process's open files, as reported by the system. */
function readOpenFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      return [];
    }
  });
}

describe('a picture', () => {
  it.each(['thumbnail', 'preview', 'original'])('comes as its file is (%s)', async (kind) => {
    const { get, pictures } = openPage();
    pictures.write(1, bytes, 'image/webp');
    const answer = await get(`/${kind}/7/1`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('image/webp');
    expect(answer.headers.get('content-length')).toBe('200000');
    expect(answer.headers.get('content-security-policy')).toBe(
      "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    );
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
  });

  it('may be empty', async () => {
    const { get, pictures } = openPage();
    pictures.write(1, '', 'image/png');
    const answer = await get('/original/7/1', { headers: { range: 'bytes=0-' } });
    expect(answer.status).toBe(416);
    expect(await (await get('/original/7/1')).text()).toBe('');
  });

  it('is asked for again only where its file has changed', async () => {
    const { get, ask, pictures } = openPage();
    pictures.write(1, 'one', 'image/png');
    const first = await ask('/thumbnail/7/1');
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const tag = first.headers.get('etag') ?? '';
    expect((await get('/thumbnail/7/1', { headers: { 'if-none-match': tag } })).status).toBe(304);
    pictures.write(1, 'three', 'image/png');
    const changed = await get('/thumbnail/7/1', { headers: { 'if-none-match': tag } });
    expect(await changed.text()).toBe('three');
    expect((await ask('/thumbnail/7/1?v=2')).headers.get('cache-control')).toContain('immutable');
  });

  it.each([
    ['bytes=0-99', 206, 'bytes 0-99/200000', 100],
    ['bytes=199990-', 206, 'bytes 199990-199999/200000', 10],
    ['bytes=-5', 206, 'bytes 199995-199999/200000', 5],
    ['bytes=199999-300000', 206, 'bytes 199999-199999/200000', 1],
    ['bytes=-999999', 206, 'bytes 0-199999/200000', 200_000],
    ['bytes=200000-', 416, 'bytes */200000', undefined],
    ['bytes=-0', 416, 'bytes */200000', undefined],
    ['bytes=5-1', 200, null, 200_000],
    ['bytes=0-1,5-6', 200, null, 200_000],
    ['pages=1-2', 200, null, 200_000],
    ['bytes=a-b', 200, null, 200_000],
  ])('gives the part %s of an original', async (range, status, contentRange, length) => {
    const { get, pictures } = openPage();
    pictures.write(1, bytes, 'image/png');
    const answer = await get('/original/7/1', { headers: { range } });
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-range')).toBe(contentRange);
    const body = new Uint8Array(await answer.arrayBuffer());
    if (length !== undefined) expect(body.length).toBe(length);
    const start = Number(/^bytes (\d+)/.exec(contentRange ?? '')?.[1] ?? 0);
    if (length !== undefined) expect(body).toEqual(bytes.subarray(start, start + length));
  });

  it('comes whole where a part of another content was wanted', async () => {
    const { ask, pictures } = openPage();
    pictures.write(1, bytes, 'image/png');
    const tag = (await ask('/original/7/1', { method: 'HEAD' })).headers.get('etag') ?? '';
    const part = (ifRange: string) => ask('/original/7/1', { headers: { range: 'bytes=0-9', 'if-range': ifRange } });
    expect((await part(tag)).status).toBe(206);
    expect((await part('"another"')).status).toBe(200);
  });

  it('lets go of its file when nobody reads on', async () => {
    const { get, pictures } = openPage();
    const path = pictures.write(1, bytes, 'image/png');
    const openFiles = () => readOpenFiles().filter((open) => open === path).length;
    const reader = (await get('/original/7/1')).body?.getReader();
    await reader?.read();
    expect(openFiles()).toBe(1);
    await reader?.cancel();
    await expect.poll(openFiles).toBe(0);
    await (await get('/original/7/1')).arrayBuffer();
    await get('/original/7/1', { method: 'HEAD' });
    await expect.poll(openFiles).toBe(0);
  });

  it('ends in an error where its file became shorter on the way', async () => {
    const { get, pictures } = openPage();
    const path = pictures.write(1, bytes, 'image/png');
    const answer = await get('/original/7/1');
    truncateSync(path, 70_000);
    await expect(answer.arrayBuffer()).rejects.toThrow('shorter');
  });

  it('is only saved, never shown, where it is no picture', async () => {
    const { ask, pictures } = openPage();
    pictures.write(1, '<script>alert(1)</script>', 'text/html');
    const { headers } = await ask('/original/7/1');
    expect(headers.get('content-type')).toBe('application/octet-stream');
    expect(headers.get('content-disposition')).toBe('attachment');
  });

  it.each([
    ['unknown-image', false, 404],
    ['connection-lost', true, 502],
    ['switched-off', true, 503],
  ] as const)('that fails by %s says so in JSON', async (code, canRetry, status) => {
    const { get, pictures } = openPage();
    const message = '<img src=x onerror=alert(1)>';
    pictures.refuse(1, { code, message, canRetry, retryAt: null });
    const answer = await get('/thumbnail/7/1');
    expect(answer.status).toBe(status);
    expect(answer.headers.get('content-type')).toBe('application/json');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.json()).toEqual({ code, message, canRetry });
  });

  it('whose file is gone can be tried again', async () => {
    const { get, pictures } = openPage();
    rmSync(pictures.write(1, bytes, 'image/png'));
    expect((await get('/thumbnail/7/1')).status).toBe(503);
  });

  it('is given up with its request', async () => {
    const { ask, pictures } = openPage();
    const controller = new AbortController();
    pictures.write(1, bytes, 'image/png');
    await ask('/thumbnail/7/1', { signal: controller.signal });
    controller.abort();
    expect(pictures.signals[0]?.aborted).toBe(true);
  });
});

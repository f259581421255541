import { readdirSync, readlinkSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPage, type PageTheme } from '../../../main/hosts/page/page.ts';
import { createPictureFiles } from '../../support/web/picture-files.ts';
import { writeInterface } from '../../support/web/interface-folder.ts';

const origin = 'http://127.0.0.1:43121';

function openPage(theme: PageTheme = 'system') {
  const pictures = createPictureFiles();
  const interfaceFolder = writeInterface();
  const page = createPage({ interfaceFolder, openPicture: pictures.open, theme: () => theme });
  const get = (path: string, init: RequestInit = {}) => page(new Request(origin + path, init));
  /** For those who look at the headers alone: a body that nobody reads has to be given back. */
  const ask = async (path: string, init: RequestInit = {}) => {
    const answer = await get(path, init);
    await answer.body?.cancel();
    return answer;
  };
  return { page, get, ask, pictures, interfaceFolder };
}

/** What this process has open, as the system says it. */
function readOpenFiles(): string[] {
  return readdirSync('/proc/self/fd').flatMap((name) => {
    try {
      return [readlinkSync(`/proc/self/fd/${name}`)];
    } catch {
      return [];
    }
  });
}

const bytes = Uint8Array.from({ length: 200_000 }, (_, index) => index % 251);

describe('the interface', () => {
  it.each(['system', 'light', 'dark', 'contrast'] as const)(
    'is served in the theme %s from its first byte',
    async (theme) => {
      const answer = await openPage(theme).get('/');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).toContain(`<html lang="en" data-theme="${theme}">`);
    },
  );

  it('keeps hashed files for ever, others not', async () => {
    const { get } = openPage();
    const script = await get('/assets/main-1a2b.js');
    expect(script.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(await script.text()).toContain('Contact Sheet');
    expect((await get('/icon.svg')).headers.get('cache-control')).toBe('no-cache');
  });

  it('is built anew while it is served', async () => {
    const { get, interfaceFolder } = openPage();
    rmSync(join(interfaceFolder, 'assets', 'main-1a2b.js'));
    writeFileSync(join(interfaceFolder, 'assets', 'main-3c4d.js'), 'new');
    expect((await get('/assets/main-1a2b.js')).status).toBe(404);
    await get('/');
    expect(await (await get('/assets/main-3c4d.js')).text()).toBe('new');
  });

  it('says how to build it where it is not built', async () => {
    const pictures = createPictureFiles();
    const page = createPage({ interfaceFolder: '/nowhere/at/all', openPicture: pictures.open, theme: () => 'dark' });
    const answer = await page(new Request(`${origin}/`));
    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build');
  });

  it.each([
    '/index.html',
    '/assets',
    '/assets/',
    '/assets/..%2findex.html',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/..%5csecret.txt',
    '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
    '//assets/main-1a2b.js',
    '/assets//main-1a2b.js',
    '/assets/main-1a2b.js%00',
    '/assets/main-1a2b%2ejs',
    '/constructor',
    '/__proto__',
    '/thumbnail/7/1/',
    '/thumbnail/7/01',
    '/thumbnail/0/1',
    '/thumbnail/7/-1',
    '/thumbnail/7/1e3',
    '/thumbnail/7/99999999999999999',
    '/thumbnail/7/..%2f1',
    '/secret/7/1',
  ])('has nothing at %s', async (path) => {
    const { get, pictures } = openPage();
    const answer = await get(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(pictures.signals).toEqual([]);
  });

  it('never serves what is not in its folder, whatever is asked', async () => {
    const { page } = openPage();
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2f',
      '\\',
      '%5c',
      '%00',
      'assets',
      'secret.txt',
      'interface',
      '',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 6 }), async (parts) => {
        const answer = await page(new Request(`${origin}/${parts.join('/')}`));
        expect(await answer.text()).not.toContain('secret');
      }),
    );
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'])('refuses %s', async (method) => {
    const { get } = openPage();
    for (const path of ['/', '/assets/main-1a2b.js', '/thumbnail/7/1']) {
      const answer = await get(path, { method });
      expect(answer.status).toBe(405);
      expect(answer.headers.get('allow')).toBe('GET, HEAD');
    }
  });

  it('answers HEAD without a body', async () => {
    const { get, pictures } = openPage();
    pictures.write(1, bytes, 'image/png');
    for (const path of ['/', '/assets/main-1a2b.js', '/original/7/1', '/nothing']) {
      expect((await get(path, { method: 'HEAD' })).body).toBeNull();
    }
    expect((await get('/original/7/1', { method: 'HEAD' })).headers.get('content-length')).toBe('200000');
  });
});

describe('the headers of every answer', () => {
  it('wall the page in', async () => {
    const { ask, pictures } = openPage();
    pictures.write(1, bytes, 'image/png');
    for (const path of ['/', '/assets/main-1a2b.js', '/thumbnail/7/1', '/thumbnail/7/2', '/nothing']) {
      const { headers } = await ask(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('permissions-policy')).toContain('camera=()');
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  it('let the page run its own scripts and no others', async () => {
    const policy = (await openPage().get('/')).headers.get('content-security-policy') ?? '';
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self'",
      "font-src 'self'",
      "connect-src 'self' ws://127.0.0.1:43121",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "require-trusted-types-for 'script'",
      'trusted-types svelte-trusted-html',
    ]);
  });

  it('name no WebSocket in a window, where there is none', async () => {
    const { page } = openPage();
    const policy = (await page(new Request('app://contact-sheet/'))).headers.get('content-security-policy');
    expect(policy).toContain("connect-src 'self';");
  });
});

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
    ['offline', true, 502],
    ['busy', true, 503],
  ])('that fails by %s says so in JSON', async (code, canRetry, status) => {
    const { get, pictures } = openPage();
    const message = '<img src=x onerror=alert(1)>';
    pictures.refuse(1, { code, message, canRetry });
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

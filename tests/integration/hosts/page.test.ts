import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPage } from '../../../main/hosts/shared/page/page.ts';
import { openPage, pageOrigin as origin, pictureBytes as bytes } from '../../support/web/open-page.ts';
import { createPictureFiles } from '../../support/web/picture-files.ts';

describe('the interface', () => {
  it.each(['system', 'light', 'dark', 'contrast'] as const)(
    'is served in the theme %s from its first byte',
    async (theme) => {
      const answer = await openPage(theme).get('/');
      expect(answer.status).toBe(200);
      expect(answer.headers.get('cache-control')).toBe('no-store');
      expect(await answer.text()).toContain(`<html lang="en" dir="ltr" data-theme="${theme}">`);
    },
  );

  it('says its language and direction in its first tag, whatever the browser prefers', async () => {
    const { page } = openPage();
    for (const wanted of ['de, en;q=0.5', 'ar', '"><script>']) {
      const answer = await page(new Request(`${origin}/`, { headers: { 'Accept-Language': wanted } }));
      expect(await answer.text()).toContain('<html lang="en" dir="ltr" data-theme="system">');
    }
  });

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

import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import { connect, createServer, type AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listenOnSix } from '../../../main/hosts/web/listen.ts';
import { openWebBench, cookieOf, refusalOf } from '../../support/web/web-bench.ts';

function targetOf(url = ''): string {
  const { pathname, search } = new URL(url);
  return pathname + search;
}

describe('the way in', () => {
  it('leads from the address in the terminal to a cookie and a clean address', async () => {
    const { announced, ask, host } = await openWebBench();
    expect(announced).toHaveLength(1);
    expect(announced[0]).toMatch(new RegExp(`^http://127\\.0\\.0\\.1:${host.port}/\\?token=[\\w-]{43}$`));
    const entered = await ask(targetOf(announced[0]));
    expect(entered.status).toBe(303);
    expect(entered.headers.location).toMatch(/^\/#key=[\w-]{43}\.[\w-]{43}$/);
    expect(entered.headers['cache-control']).toBe('no-store');
    const [setCookie] = entered.headers['set-cookie'] ?? [];
    expect(setCookie).toMatch(new RegExp(`^contact-sheet-${host.port}=[\\w-]{43}; HttpOnly; SameSite=Strict; Path=/$`));
    const page = await ask('/', { cookie: `other=1; ${cookieOf(entered)}` });
    expect(page).toMatchObject({ status: 200 });
    expect(page.text).toContain('data-theme="dark"');
  });

  it('is shut without a cookie, with the address still good in the terminal', async () => {
    const { announced, ask, letIn } = await openWebBench();
    for (const path of ['/', '/assets/main-1a2b.js', '/thumbnail/7/1', '/nothing']) {
      const refused = await ask(path);
      expect(refused).toMatchObject({ status: 401 });
      expect(refused.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(refused.headers['content-security-policy']).toContain("default-src 'none'");
      expect(refused.text).toContain('terminal');
    }
    expect(announced).toHaveLength(1);
    expect(await letIn()).not.toBe('');
  });

  it('has no icon for a page that names none, and no refusal either', async () => {
    const { announced, ask } = await openWebBench();
    expect(await ask('/favicon.ico')).toMatchObject({ status: 204, text: '' });
    expect(announced).toHaveLength(1);
  });

  it('takes a token once, and shows a fresh one when it is used again', async () => {
    const { announced, ask, letIn } = await openWebBench();
    const first = targetOf(announced[0]);
    await ask(first);
    const again = await ask(first);
    expect(again.status).toBe(401);
    expect(again.text).toContain('used already');
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(announced).toHaveLength(2);
    for (let times = 0; times < 20; times++) await ask(first);
    expect(announced).toHaveLength(2);
    expect(await letIn()).not.toBe('');
  });

  it('lets who is in already keep using an old address', async () => {
    const { announced, ask, letIn } = await openWebBench();
    const first = targetOf(announced[0]);
    const cookie = await letIn();
    expect(await ask(first, { cookie })).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(announced).toHaveLength(1);
  });

  it('takes a token at the front door alone', async () => {
    const { announced, ask } = await openWebBench();
    const token = new URL(announced[0] ?? '').search;
    for (const path of [`/assets/main-1a2b.js${token}`, `/thumbnail/7/1${token}`, `/door${token}`]) {
      expect(await ask(path)).toMatchObject({ status: 401 });
    }
    expect(await ask(`/${token}`, {}, 'HEAD')).toMatchObject({ status: 401 });
    expect(await ask(`/${token}x`)).toMatchObject({ status: 401 });
    expect(await ask(`/${token}`)).toMatchObject({ status: 303 });
  });

  it('is not opened by a cookie that was made up, or is another port’s', async () => {
    const { ask, host, letIn } = await openWebBench();
    const [, secret] = (await letIn()).split('=');
    for (const cookie of [
      `contact-sheet-${host.port}=`,
      `contact-sheet-${host.port}=x`,
      `contact-sheet-${host.port}=${'A'.repeat(43)}`,
      `contact-sheet-1=${secret ?? ''}`,
      secret ?? '',
    ]) {
      expect(await ask('/', { cookie })).toMatchObject({ status: 401 });
    }
  });
});

describe('whoever is no page of ours', () => {
  it.each(['evil.example', 'evil.example:43121', '127.0.0.1', '127.0.0.1:1', '10.0.0.1:80', '[::1]:80', 'LOCALHOST'])(
    'is refused by the Host %j (DNS rebinding)',
    async (name) => {
      const { ask, letIn, announced } = await openWebBench();
      const target = targetOf(announced[0]);
      expect(await ask(target, { host: name })).toMatchObject({ status: 421 });
      const cookie = await letIn();
      const refused = await ask('/', { host: name, cookie });
      expect(refused.status).toBe(421);
      expect(refused.text).toContain('this machine alone');
    },
  );

  it('comes by localhost as well', async () => {
    const { ask, host, letIn } = await openWebBench();
    const cookie = await letIn();
    const name = `localhost:${host.port}`;
    expect(await ask('/', { host: name, cookie, origin: `http://${name}` })).toMatchObject({ status: 200 });
    expect(await ask('/', { host: name, cookie, origin: `http://127.0.0.1:${host.port}` })).toMatchObject({
      status: 403,
    });
  });

  it.each(['http://evil.example', 'null', 'https://127.0.0.1', 'http://127.0.0.1:1', ''])(
    'is refused by the Origin %j',
    async (origin) => {
      const { ask, letIn } = await openWebBench();
      const cookie = await letIn();
      const refused = await ask('/original/7/1', { origin, cookie });
      expect(refused.status).toBe(403);
      expect(refused.headers['content-type']).toBe('text/plain; charset=utf-8');
      expect(refused.headers['access-control-allow-origin']).toBeUndefined();
    },
  );

  it('is refused where another page of this machine embeds our pictures', async () => {
    const { ask, letIn, pageKey, pictures } = await openWebBench();
    pictures.write(1, 'picture', 'image/png');
    const cookie = await letIn();
    const picture = `/original/7/1?k=${pageKey().pictures}`;
    const embedded = { cookie, 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors', 'sec-fetch-dest': 'image' };
    expect(await ask(picture, embedded)).toMatchObject({ status: 403 });
    const own = { ...embedded, 'sec-fetch-site': 'same-origin' };
    expect(await ask(picture, own)).toMatchObject({ status: 200, text: 'picture' });
    const framed = { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe' };
    expect(await ask('/', framed)).toMatchObject({ status: 403 });
    const link = { cookie, 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(await ask('/', link)).toMatchObject({ status: 200 });
  });

  it('may hold a link to us: the browser asks again from here, and brings its cookie', async () => {
    const { ask } = await openWebBench();
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    expect(await ask('/', link)).toMatchObject({
      status: 200,
      text: 'One moment.\n',
      headers: { refresh: '0; url=/' },
    });
    expect(await ask('/', { ...link, 'sec-fetch-site': 'same-origin' })).toMatchObject({ status: 401 });
    expect(await ask('/assets/main-1a2b.js', link)).toMatchObject({ status: 401 });
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND'])('can do nothing by %s', async (method) => {
    const { ask, letIn } = await openWebBench();
    const cookie = await letIn();
    const refused = await ask('/', { cookie }, method);
    expect(refused.status).toBe(405);
    expect(refused.headers.allow).toBe('GET, HEAD');
  });

  it.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/%2e%2e/%2e%2e/secret.txt',
    '/..\\secret.txt',
    '/assets\\..\\..\\secret.txt',
    '/secret.txt%00',
    '//secret.txt',
    '//evil.example/',
    'http://evil.example/',
    '/./',
    '/#',
    '*',
  ])('finds nothing at the path %s', async (path) => {
    const { ask, letIn } = await openWebBench();
    const cookie = await letIn();
    const refused = await ask(path, { cookie });
    expect(refused.status).toBe(404);
    expect(refused.text).not.toContain('secret\n');
  });
});

describe('a WebSocket', () => {
  it('opens for the page alone', async () => {
    const { openDoor } = await openWebBench();
    const socket = await openDoor();
    expect(socket.readyState).toBe(socket.OPEN);
  });

  it.each([
    ['without a cookie', { cookie: '' }, 401],
    ['without an Origin', { origin: '' }, 403],
    ['of a foreign page', { origin: 'http://evil.example' }, 403],
    ['of a sandboxed page', { origin: 'null' }, 403],
    ['of another port', { origin: 'http://127.0.0.1:1' }, 403],
    ['by another name', { host: 'evil.example', origin: 'http://evil.example' }, 421],
  ])('is refused %s', async (_case, changes: Record<string, string>, status) => {
    const { origin, connect, letIn } = await openWebBench();
    const headers = Object.entries({ origin, cookie: await letIn(), ...changes }).filter(([, value]) => value !== '');
    const refused = await refusalOf(connect(Object.fromEntries(headers)));
    expect(refused.status).toBe(status);
    expect(refused.text).toMatch(/^[A-Z][^<>]+\.\n$/);
  });

  it.each(['/', '/door/', '/door?x', '/doors', '/thumbnail/7/1'])('is refused at %s', async (path) => {
    const { origin, connect, letIn } = await openWebBench();
    expect(await refusalOf(connect({ origin, cookie: await letIn() }, path))).toMatchObject({ status: 404 });
  });

  it('is refused to a page that asks for another kind of connection', async () => {
    const { ask, letIn } = await openWebBench();
    const headers = { cookie: await letIn(), connection: 'upgrade', upgrade: 'h2c' };
    expect(await ask('/door', headers)).toMatchObject({ status: 403 });
  });
});

describe('a host name of its own', () => {
  const browser = { 'user-agent': 'Mozilla/5.0 AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36' };

  it('is where a browser is led that knows such names, and its cookie goes to no other', async () => {
    const { announced, ask, host } = await openWebBench();
    const first = targetOf(announced[0]);
    const led = await ask(first, browser);
    const { location = '' } = led.headers;
    expect(led.status).toBe(303);
    expect(location).toMatch(new RegExp(`^http://[0-9a-f]{32}\\.localhost:${host.port}/\\?token=[\\w-]{43}$`));
    expect(led.headers['set-cookie']).toBeUndefined();
    const own = { ...browser, host: new URL(location).host };
    const entered = await ask(targetOf(location), own);
    expect(entered).toMatchObject({ status: 303, headers: { location: expect.stringMatching(/^\/#key=/) } });
    const cookie = cookieOf(entered);
    expect(entered.headers['set-cookie']?.[0]).not.toContain('Domain');
    expect(await ask('/', { ...own, cookie, origin: `http://${own.host}` })).toMatchObject({ status: 200 });
    // The used link still redirects there, and signed-in browsers get in.
    const again = await ask(first, browser);
    expect(again.headers.location).toBe(location);
    expect(await ask(first, { ...own, cookie })).toMatchObject({ status: 303, headers: { location: '/' } });
    expect(await ask(first, own)).toMatchObject({ status: 401 });
  });

  it('is told to nobody without a token of this run', async () => {
    const { ask } = await openWebBench();
    for (const target of ['/', '/?token=', '/?token=x', `/?token=${'A'.repeat(43)}`, '/assets/main-1a2b.js']) {
      const refused = await ask(target, browser);
      expect(refused.status).toBe(401);
      expect(JSON.stringify(refused)).not.toContain('.localhost');
    }
  });

  it('is not one that somebody else made up', async () => {
    const { ask, host, letIn } = await openWebBench();
    const cookie = await letIn();
    for (const name of [`evil.localhost:${host.port}`, `${'0'.repeat(32)}.localhost:${host.port}`]) {
      expect(await ask('/', { host: name, cookie })).toMatchObject({ status: 421 });
    }
  });

  it('leads a browser that came from a file or another site in by a page of its own, with its key', async () => {
    const { announced, ask } = await openWebBench();
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document' };
    const entered = await ask(targetOf(announced[0]), link);
    expect(entered.status).toBe(200);
    expect(entered.headers['refresh']).toMatch(/^0; url=\/#key=[\w-]{43}\.[\w-]{43}$/);
    expect(await ask('/', { cookie: cookieOf(entered) })).toMatchObject({ status: 200 });
  });

  it('is not used where another program answers for it on ::1', async () => {
    const others = createServer().listen(0, '::1');
    await once(others, 'listening');
    onTestFinished(() => void others.close());
    const { port } = others.address() as AddressInfo;
    expect(await listenOnSix(createHttpServer(), port)).toBe(false);
    const free = await openWebBench();
    const socket = connect(free.host.port, '::1');
    await once(socket, 'connect');
    socket.destroy();
  });
});

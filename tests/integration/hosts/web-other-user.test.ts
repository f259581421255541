import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { Dispatch } from '../../../main/dispatch.ts';
import { ok } from '../../../main/domain/result.ts';
import { askAsOtherUser, askAsThisUser } from '../../support/web/other-user.ts';
import { openWebBench, refusalOf } from '../../support/web/web-bench.ts';

/** Creates a client's text frame, masked with zeros. */
function frame(text: string): string {
  return `\x81${String.fromCharCode(0x80 | text.length)}\0\0\0\0${text}`;
}

function requestOf(lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

function upgradeOf(host: string, headers: readonly string[]): string {
  const upgrade = ['Upgrade: websocket', 'Connection: Upgrade', 'Sec-WebSocket-Version: 13'];
  const key = 'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==';
  return requestOf([`GET /door HTTP/1.1`, `Host: ${host}`, `Origin: http://${host}`, ...upgrade, key, ...headers]);
}

/** Opens a host that records its calls, and signs in a browser of its user. */
async function openAttacked() {
  const called: string[] = [];
  const dispatch: Dispatch = async (name) => {
    called.push(name);
    return ok();
  };
  const bench = await openWebBench({ dispatch });
  const cookie = await bench.letIn();
  const { port } = bench.host;
  return { ...bench, called, cookie, port, name: `127.0.0.1:${port}` };
}

describe('a process of another user', () => {
  it('opens nothing, whatever it holds: cookie, key, token', async () => {
    const { announced, ask, cookie, pageKey, pictures, port, name } = await openAttacked();
    pictures.write(1, 'picture', 'image/png');
    const { search } = new URL(announced[0] ?? '');
    const own = [`Host: ${name}`, `Cookie: ${cookie}`, 'Connection: close'];
    for (const target of ['/', '/assets/main-1a2b.js', `/thumbnail/7/1?k=${pageKey().pictures}`, `/${search}`]) {
      const request = requestOf([`GET ${target} HTTP/1.1`, ...own]);
      const refused = await askAsOtherUser(port, request);
      expect(refused).toMatch(/^HTTP\/1\.1 403 /);
      expect(refused).toContain('another user');
      expect(refused).not.toContain('Set-Cookie');
      expect(await askAsThisUser(port, request)).toMatch(/^HTTP\/1\.1 (200|303) /);
    }
    expect(await ask('/', { cookie })).toMatchObject({ status: 200 });
  });

  it('calls nothing over a WebSocket, not even blindly', async () => {
    const { called, cookie, pageKey, port, name } = await openAttacked();
    const headers = [`Cookie: ${cookie}`, `Sec-WebSocket-Protocol: contact-sheet, ${pageKey().door}`];
    const request = upgradeOf(name, headers) + frame('{"id":1,"name":"accounts.list","input":{}}');
    expect(await askAsOtherUser(port, request)).toMatch(/^HTTP\/1\.1 403 /);
    expect(called).toEqual([]);
    // The same bytes are accepted from the user's own programs.
    expect(await askAsThisUser(port, `${request}\x88\x80\0\0\0\0`)).toMatch(/^HTTP\/1\.1 101 /);
    expect(called).toEqual(['accounts.list']);
  });

  it('does not use up the token that it has seen', async () => {
    const { announced, ask, host } = await openWebBench();
    const { search } = new URL(announced[0] ?? '');
    const seen = requestOf([`GET /${search} HTTP/1.1`, `Host: 127.0.0.1:${host.port}`, 'Connection: close']);
    expect(await askAsOtherUser(host.port, seen)).toMatch(/^HTTP\/1\.1 403 /);
    expect(announced).toHaveLength(1);
    expect(await ask(`/${search}`)).toMatchObject({ status: 303 });
  });

  it('is refused over IPv6 too', async () => {
    const { cookie, port, name } = await openAttacked();
    const request = requestOf(['GET / HTTP/1.1', `Host: ${name}`, `Cookie: ${cookie}`, 'Connection: close']);
    expect(await askAsThisUser(port, request, '::1')).toMatch(/^HTTP\/1\.1 200 /);
    expect(await askAsOtherUser(port, request, '::1')).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe('a stolen cookie', () => {
  it('opens neither the door nor a picture without the key of the page', async () => {
    const { called, cookie, connect, origin, ask, pictures, pageKey } = await openAttacked();
    pictures.write(1, 'picture', 'image/png');
    for (const protocols of [
      [],
      ['contact-sheet'],
      ['contact-sheet', 'x'.repeat(43)],
      ['contact-sheet', pageKey().pictures],
    ]) {
      const refused = await refusalOf(connect({ origin, cookie }, '/door', protocols));
      expect(refused).toMatchObject({ status: 401 });
    }
    for (const query of ['', '?k=', '?k=x', `?k=${pageKey().door}`, '?v=1']) {
      expect(await ask(`/original/7/1${query}`, { cookie })).toMatchObject({ status: 401 });
    }
    expect(pictures.signals).toEqual([]);
    expect(called).toEqual([]);
    expect(await ask(`/original/7/1?k=${pageKey().pictures}`, { cookie })).toMatchObject({ status: 200 });
    const page = connect({ origin, cookie });
    await once(page, 'open');
    expect(page.protocol).toBe('contact-sheet');
  });

  it('does not fetch the key either', async () => {
    const { announced, ask, cookie, pageKey } = await openAttacked();
    const { search } = new URL(announced[0] ?? '');
    const { door, pictures } = pageKey();
    expect(door).not.toBe('');
    for (const target of ['/', `/${search}`, '/?token=x', '/assets/main-1a2b.js', '/icon.svg']) {
      const { text, headers } = await ask(target, { cookie });
      expect(JSON.stringify([text, headers])).not.toContain(door);
      expect(JSON.stringify([text, headers])).not.toContain(pictures);
    }
  });

  it('is no bar to the user where another port has overwritten or added one', async () => {
    const { ask, cookie } = await openAttacked();
    const [name = ''] = cookie.split('=');
    expect(await ask('/', { cookie: `${name}=evil; ${cookie}` })).toMatchObject({ status: 200 });
    expect(await ask('/', { cookie: `${cookie}; ${name}=evil` })).toMatchObject({ status: 200 });
  });
});

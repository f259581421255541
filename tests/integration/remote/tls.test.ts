import { afterEach, describe, expect, it } from 'vitest';
import { makeAuthority, makeCertificate, type TestCertificate } from './certificate.ts';
import { key, openGate, send, serve, serveProxy, serveTls, stopAll } from './support.ts';

afterEach(stopAll);

const authority = makeAuthority('Corporate Inspection CA');
const good = makeCertificate(['127.0.0.1', 'qp.test'], authority);
const page = JSON.stringify({ response: [], pagination: { perPage: 100, totalItems: 0, currentPage: 1 } });

async function failWith(certificate: TestCertificate, trusted: readonly string[] = []) {
  const server = await serveTls(certificate, (_request, response) => send(response, 200, page));
  const { gate } = openGate({ trusted });
  const calls: number[] = [];
  const result = await gate.page(
    { origin: server.origin, userId: '', key, page: 1, perPage: 100 },
    { signal: new AbortController().signal, onCall: () => calls.push(1) },
  );
  expect(server.seen).toEqual([]);
  expect(calls).toEqual([]);
  return result.ok ? 'accepted' : `${result.error.code}: ${result.error.message}`;
}

describe('TLS', () => {
  it('trusts what the host trusts', async () => {
    const server = await serveTls(good, (_request, response) => send(response, 200, page));
    const { gate } = openGate({ trusted: [authority.cert] });
    const target = { origin: server.origin, userId: '', key, page: 1, perPage: 100 };
    const result = await gate.page(target, { signal: new AbortController().signal });
    expect(result).toMatchObject({ ok: true, value: { totalItems: 0 } });
    expect(server.seen[0]?.headers['api-key']).toBe(key);
  });

  it('names the authority that inspects, and sends nothing', async () => {
    const words = await failWith(good);
    expect(words).toMatch(/^tls-refused: .*"Corporate Inspection CA".*Your network inspects TLS/);
  });

  it('says what is wrong with a certificate', async () => {
    expect(await failWith(makeCertificate(['127.0.0.1']))).toMatch(/^tls-refused: .*self-signed/);
    const trusted = [authority.cert];
    const expired = makeCertificate(['127.0.0.1'], authority, { from: -9, to: -1 });
    expect(await failWith(expired, trusted)).toMatch(/^tls-refused: .*has expired/);
    const early = makeCertificate(['127.0.0.1'], authority, { from: 3, to: 9 });
    expect(await failWith(early, trusted)).toMatch(/^tls-refused: .*not valid before/);
    const other = makeCertificate(['elsewhere.test'], authority);
    expect(await failWith(other, trusted)).toMatch(/^tls-refused: .*another name/);
  });

  it('says that a server speaks no TLS', async () => {
    const server = await serve((_request, response) => send(response, 200, page));
    const { gate } = openGate();
    const target = { origin: `https://127.0.0.1:${server.port}`, userId: '', key, page: 1, perPage: 100 };
    const result = await gate.page(target, { signal: new AbortController().signal });
    expect(result).toMatchObject({ ok: false, error: { code: 'tls-refused' } });
    expect(server.seen).toEqual([]);
  });

  it('reads the certificate through a proxy too', async () => {
    const server = await serveTls(good, (_request, response) => send(response, 200, page));
    const proxy = await serveProxy(server.port);
    const { gate } = openGate({ proxies: { 'qp.test': proxy.origin } });
    const target = { origin: 'https://qp.test', userId: '', key, page: 1, perPage: 100 };
    const result = await gate.page(target, { signal: new AbortController().signal });
    expect(result).toMatchObject({ ok: false, error: { code: 'tls-refused' } });
    expect(result.ok ? '' : result.error.message).toContain('Corporate Inspection CA');
    expect(server.seen).toEqual([]);
  });
});

describe('proxies', () => {
  const target = { origin: 'https://qp.test', userId: '', key, page: 1, perPage: 100 };
  const watch = { signal: new AbortController().signal };

  it('tunnel the API, and never see the key', async () => {
    const server = await serveTls(good, (_request, response) => send(response, 200, page));
    const proxy = await serveProxy(server.port);
    const { gate } = openGate({
      trusted: [authority.cert],
      proxies: { 'qp.test': `http://me:pass%20word@127.0.0.1:${proxy.port}` },
    });
    expect(await gate.page(target, watch)).toMatchObject({ ok: true });
    expect(proxy.tunnels).toEqual([`qp.test:443 Basic ${Buffer.from('me:pass word').toString('base64')}`]);
    expect(proxy.seen).toEqual([]);
    expect(server.seen[0]?.headers['proxy-authorization']).toBeUndefined();
  });

  it('are said to refuse, whichever way they do', async () => {
    for (const status of [407, 403, 502]) {
      const proxy = await serveProxy(1, status);
      const { gate } = openGate({ proxies: { 'qp.test': proxy.origin } });
      const result = await gate.page(target, watch);
      expect(result).toMatchObject({ ok: false, error: { code: 'proxy-refused' } });
      expect(result.ok ? '' : result.error.message).toMatch(
        status === 407 ? /password/ : new RegExp(`status ${status}`),
      );
    }
    const gone = await serve(() => undefined);
    await stopAll();
    for (const setting of [gone.origin, 'socks5://127.0.0.1:9', 'nonsense']) {
      const { gate } = openGate({ proxies: { 'qp.test': setting } });
      expect(await gate.page(target, watch)).toMatchObject({ ok: false, error: { code: 'proxy-refused' } });
    }
  });

  it('forward plain images, and a 407 there is theirs', async () => {
    const image = { url: 'http://pictures.test/a.png', accountOrigin: 'https://qp.test' };
    for (const [status, expected] of [
      [200, { ok: true, value: { status: 200 } }],
      [407, { ok: false, error: { code: 'proxy-refused' } }],
    ] as const) {
      const proxy = await serveProxy(1, status);
      const { gate } = openGate({ proxies: { 'pictures.test': proxy.origin, 'qp.test': proxy.origin } });
      expect(await gate.openImage(image, watch.signal)).toMatchObject(expected);
      expect(proxy.seen[0]?.url).toBe('http://pictures.test/a.png');
    }
  });

  it('are never used for what is on this machine', async () => {
    const server = await serve((_request, response) => send(response, 200, page));
    const proxy = await serveProxy(1, 502);
    const proxies = { '127.0.0.1': proxy.origin, localhost: proxy.origin };
    const { gate } = openGate({ proxies });
    for (const host of ['127.0.0.1', 'localhost']) {
      const here = { ...target, origin: `http://${host}:${server.port}` };
      expect(await gate.page(here, watch)).toMatchObject({ ok: true });
    }
    expect(proxy.tunnels).toEqual([]);
  });
});

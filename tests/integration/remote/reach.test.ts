import { afterEach, describe, expect, it } from 'vitest';
import { guardedConnector } from '../../../main/adapters/remote/http/guarded-connector.ts';
import { NotPermittedError } from '../../../main/adapters/remote/http/network-problem.ts';
import { createTlsOptions } from '../../../main/adapters/remote/http/tls-options.ts';
import { makeAuthority, makeCertificate } from './certificate.ts';
import { fetchFrom, open, picture, read } from './image-support.ts';
import { serving } from './api-support.ts';
import { key, openGate, send, serve, serveTls, stopAll } from './support.ts';

afterEach(stopAll);

describe('redirects', () => {
  it('are followed five times, with the range and to another host', async () => {
    const { server, gate } = await fetchFrom((response) => send(response, 200, ''));
    const hops = await serve((request, response) => {
      const hop = Number(request.url?.slice(1));
      send(response, 302, 'moved', { location: hop === 5 ? `http://localhost:${server.port}/end` : `/${hop + 1}` });
    });
    const resume = { from: 5, validator: '"v1"' };
    const { body } = await open(gate, { url: `${hops.origin}/1`, resume });
    expect(body?.status).toBe(200);
    expect(server.seen.at(-1)).toMatchObject({ url: '/end', headers: { range: 'bytes=5-', 'if-range': '"v1"' } });
    expect((await open(gate, { url: `${hops.origin}/0` })).problem).toMatchObject({
      code: 'redirect-loop',
      canRetry: false,
    });
  });

  it('in a loop end', async () => {
    const { problem, server } = await fetchFrom((response) => send(response, 301, '', { location: '/loop' }));
    expect(problem).toMatchObject({ code: 'redirect-loop', canRetry: false });
    expect(server.seen).toHaveLength(6);
  });

  it.each([
    ['file:///etc/passwd', 'not-permitted'],
    ['ftp://127.0.0.1/a', 'not-permitted'],
    ['data:image/png;base64,AAAA', 'not-permitted'],
    ['http://user:pw@127.0.0.1/', 'not-permitted'],
    ['http://10.0.0.1/', 'not-permitted'],
    ['http://169.254.169.254/latest/meta-data', 'not-permitted'],
    ['http://[::ffff:10.0.0.1]/', 'not-permitted'],
    ['http://0.0.0.0/', 'not-permitted'],
    ['http://', 'unexpected-answer'],
    ['', 'unexpected-answer'],
  ])('to "%s" are not followed', async (location, code) => {
    const { problem } = await fetchFrom((response) => send(response, 302, '', { location }));
    expect(problem).toMatchObject({ code, canRetry: false });
  });

  it('never lead from https to http', async () => {
    const authority = makeAuthority('Test');
    const plain = await serve((_request, response) => send(response, 200, picture));
    const secure = await serveTls(makeCertificate(['127.0.0.1'], authority), (_request, response) =>
      send(response, 302, '', { location: plain.origin }),
    );
    const { gate } = openGate({ trusted: [authority.cert] });
    expect((await open(gate, { url: secure.origin })).problem).toMatchObject({ code: 'not-permitted' });
    expect(plain.seen).toEqual([]);
  });
});

describe('private addresses', () => {
  const names = {
    'api.questionpro.test': ['93.184.216.34'],
    'rebound.test': ['127.0.0.1', '10.0.0.1', '::1', '::ffff:127.0.0.1', 'fe80::1%eth0'],
    'both.test': ['10.0.0.1', '127.0.0.1'],
    'intranet.test': ['127.0.0.1'],
    'mixed.test': ['127.0.0.1', '93.184.216.34'],
  };

  it('are not reached for an account on the internet, by address, by name or by DNS', async () => {
    const server = await serve((_request, response) => send(response, 200, picture));
    const { gate } = openGate({ names });
    const hosts = [
      '127.0.0.1',
      'localhost',
      'a.localhost',
      'rebound.test',
      '[::1]',
      '[::ffff:7f00:1]',
      '2130706433',
      '0',
    ];
    for (const host of hosts) {
      const request = { url: `http://${host}:${server.port}/a`, accountOrigin: 'https://api.questionpro.test' };
      expect((await open(gate, request)).problem, host).toMatchObject({ code: 'not-permitted', canRetry: false });
    }
    const mixed = { url: `http://127.0.0.1:${server.port}/a`, accountOrigin: 'https://mixed.test' };
    expect((await open(gate, mixed)).problem).toMatchObject({ code: 'not-permitted' });
    expect(server.seen).toEqual([]);
  });

  it('are not reached by a redirect, whatever host leads there', async () => {
    const server = await serve((_request, response) => send(response, 200, picture));
    let location = '';
    const proxy = await serve((_request, response) => send(response, 302, '', { location }));
    const { gate } = openGate({ names, proxies: { 'pictures.test': proxy.origin } });
    for (const host of [
      '127.0.0.1',
      'localhost',
      'intranet.test',
      '[::1]',
      '2130706433',
      '0x7f.1',
      '169.254.169.254',
    ]) {
      location = `http://${host}:${server.port}/a`;
      const request = { url: 'http://pictures.test/a', accountOrigin: 'https://api.questionpro.test' };
      expect((await open(gate, request)).problem, host).toMatchObject({ code: 'not-permitted', canRetry: false });
    }
    expect(server.seen).toEqual([]);
  });

  it('are refused by the connection itself too, where a rule before it was wrong', async () => {
    const server = await serve((_request, response) => send(response, 200, picture));
    const connect = guardedConnector({
      permitted: ['public'],
      resolve: () => Promise.reject(new Error('no name is asked for')),
      tls: createTlsOptions([]),
      timeoutMs: 1_000,
    });
    const target = { hostname: '127.0.0.1', protocol: 'http:', port: String(server.port) };
    const error = await new Promise((resolve) => connect(target, (...given) => resolve(given[0])));
    expect(error).toBeInstanceOf(NotPermittedError);
  });

  it('are reached where the account itself stands on such a one, also by a name of its network', async () => {
    const server = await serve((_request, response) => send(response, 200, picture));
    const { gate } = openGate({ names });
    for (const accountOrigin of ['http://127.0.0.1:1', 'http://localhost:1', 'https://intranet.test']) {
      for (const host of ['127.0.0.1', 'localhost', 'both.test']) {
        const { body } = await open(gate, { url: `http://${host}:${server.port}/a`, accountOrigin });
        expect(await read(body), `${accountOrigin} ${host}`).toEqual(picture);
      }
      const metadata = await open(gate, { url: 'http://169.254.169.254/', accountOrigin });
      expect(metadata.problem).toMatchObject({ code: 'not-permitted' });
    }
  });

  it('share no connection between accounts that may and may not reach them', async () => {
    const server = await serve((_request, response) => send(response, 200, picture));
    const answers: Record<string, readonly string[]> = { ...names, 'pictures.test': ['127.0.0.1'] };
    const { gate } = openGate({ names: answers });
    const url = `http://pictures.test:${server.port}/a`;
    await read((await open(gate, { url })).body);
    const stranger = await open(gate, { url, accountOrigin: 'https://api.questionpro.test' });
    expect(stranger.problem).toMatchObject({ code: 'not-permitted' });
    expect(server.seen).toHaveLength(1);
  });
});

describe('connections', () => {
  it('are kept alive, no more than allowed for each origin', async () => {
    const ports = new Set<number | undefined>();
    const server = await serve((request, response) => {
      ports.add(request.socket.remotePort);
      send(response, 200, picture);
    });
    const { gate } = openGate({ connectionsPerOrigin: 2 });
    const fetched = Array.from({ length: 30 }, async () => read((await open(gate, { url: server.origin })).body));
    for (const bytes of await Promise.all(fetched)) expect(bytes).toEqual(picture);
    expect(ports.size).toBe(2);
  });
});

describe('API keys', () => {
  it('are not carried to an image’s host by its address or by a redirect', async () => {
    const other = await serve((_request, response) => send(response, 200, picture));
    const encoded = key.replaceAll('-', '%252D');
    const hops = await serve((_request, response) => {
      send(response, 302, '', { location: `${other.origin}/a.png?k=${encoded}` });
    });
    const { gate } = openGate({ knownKeys: () => [key] });
    for (const url of [`${other.origin}/${encoded}.png`, `${other.origin}/a.png#${key.toUpperCase()}`, hops.origin]) {
      const { problem } = await open(gate, { url });
      expect(problem).toMatchObject({ code: 'not-permitted', canRetry: false });
      expect(problem?.message).toMatch(/API key/);
    }
    expect(other.seen).toEqual([]);
  });

  it('are not repeated from the name of a host that the API redirects to', async () => {
    const { ask } = await serving((response) => send(response, 302, '', { location: `https://${key}.test/` }));
    const { result } = await ask();
    expect(result).toMatchObject({ ok: false, error: { code: 'not-the-api' } });
    expect(JSON.stringify(result).toLowerCase()).not.toContain(key.toLowerCase());
  });
});

import { writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { type AddressInfo } from 'node:net';
import { afterEach, describe, expect, it, onTestFinished } from 'vitest';
import { createCli, type Cli } from '../../support/cli.ts';
import { makeAuthority, makeCertificate, type TestCertificate } from '../remote/certificate.ts';
import { send, serveProxy, serveTls, stopAll } from '../remote/support.ts';
import { addAccount, key } from './support.ts';

afterEach(stopAll);

const page = JSON.stringify({ response: [], pagination: { perPage: 100, totalItems: 0, currentPage: 1 } });
const authority = makeAuthority('Test Authority');
const untrusted = makeCertificate(['127.0.0.1', 'qp.test'], authority);

/** Variables that a user set for another program. */
const trustingAnyone = { NODE_TLS_REJECT_UNAUTHORIZED: '0', CONTACT_SHEET_API_KEY: key };

/** Syncs the account; returns the exit code and the failure's code. */
async function sync(cli: Cli, env: Readonly<Record<string, string>>) {
  const { code, events } = await cli.events(['sync'], { env });
  return { code, failure: events.find(({ event }) => event === 'error')?.['code'] };
}

const refused = { code: 5, failure: 'tls-refused' };

describe('NODE_TLS_REJECT_UNAUTHORIZED=0', () => {
  it('does not send the key to a server with an untrusted certificate', async () => {
    const server = await serveTls(untrusted, (_request, response) => send(response, 200, page));
    const cli = createCli();
    await addAccount(cli, server.origin);
    expect(await sync(cli, trustingAnyone)).toEqual(refused);
    expect(server.seen).toEqual([]);
  });

  it('does not send the key through a proxy to such a server', async () => {
    const server = await serveTls(untrusted, (_request, response) => send(response, 200, page));
    const proxy = await serveProxy(server.port);
    const cli = createCli();
    await addAccount(cli, 'https://qp.test');
    expect(await sync(cli, { ...trustingAnyone, HTTPS_PROXY: proxy.origin })).toEqual(refused);
    expect(proxy.tunnels.length).toBeGreaterThan(0);
    expect(server.seen).toEqual([]);
  });

  it('does not send the proxy’s password to a proxy with an untrusted certificate', async () => {
    const { port, asked } = await serveTlsProxy(untrusted);
    const cli = createCli();
    await addAccount(cli, 'https://qp.test');
    const { code } = await sync(cli, { ...trustingAnyone, HTTPS_PROXY: `https://me:secret@127.0.0.1:${port}` });
    expect(code).toBe(5);
    expect(asked).toEqual([]);
  });
});

describe('Node’s options', () => {
  it('do not lower the oldest version of TLS below 1.2', async () => {
    const old = { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' } as const;
    const server = await serveTls({ ...untrusted, ...old }, (_request, response) => send(response, 200, page));
    const cli = createCli();
    const authorityFile = join(cli.home, 'authority.pem');
    writeFileSync(authorityFile, authority.cert);
    await addAccount(cli, server.origin);
    const env = {
      CONTACT_SHEET_API_KEY: key,
      NODE_EXTRA_CA_CERTS: authorityFile,
      NODE_OPTIONS: '--tls-min-v1.0 --tls-cipher-list=DEFAULT@SECLEVEL=0',
    };
    expect(await sync(cli, env)).toEqual(refused);
    expect(server.seen).toEqual([]);
  });
});

/** Starts a proxy over TLS; `asked` collects the received credentials. */
async function serveTlsProxy(certificate: TestCertificate) {
  const asked: string[] = [];
  const server = createServer({ ...certificate });
  server.on('connect', (request, socket) => {
    asked.push(request.headers['proxy-authorization'] ?? '-');
    socket.end('HTTP/1.1 502 No\r\ncontent-length: 0\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, asked };
}

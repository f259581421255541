import { isIP, type LookupFunction } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, rootCertificates } from 'node:tls';
import { X509Certificate } from 'node:crypto';
import { Client } from 'undici';
import type { TlsOptions } from './tls-options.ts';

export type InspectionRoute = {
  readonly lookup: LookupFunction;
  readonly proxy: URL | null;
  readonly tls: TlsOptions;
  readonly timeoutMs: number;
};

function basicCredentials(proxy: URL): Record<string, string> {
  if (proxy.username === '') return {};
  const pair = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(pair).toString('base64')}` };
}

function certificateOf(url: URL, route: InspectionRoute, tunnel?: Duplex): Promise<X509Certificate | undefined> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  return new Promise((resolve) => {
    const socket = connect({
      ...(tunnel ? { socket: tunnel } : { host, port: Number(url.port || 443), lookup: route.lookup }),
      ...(isIP(host) ? {} : { servername: host }),
      // Nothing is sent over this connection: it only reads who issued the certificate that was just refused.
      rejectUnauthorized: false,
    });
    const finish = (certificate?: X509Certificate): void => {
      resolve(certificate);
      socket.destroy();
    };
    socket.setTimeout(route.timeoutMs, () => finish());
    socket.on('error', () => finish());
    socket.once('close', () => finish());
    socket.once('secureConnect', () => finish(socket.getPeerX509Certificate()));
  });
}

/** The certificate that a server shows, read without trusting it; undefined where even that fails. Sends no request. */
export async function inspectCertificate(url: URL, route: InspectionRoute): Promise<X509Certificate | undefined> {
  const { proxy, timeoutMs } = route;
  if (!proxy) return certificateOf(url, route);
  const connectOptions = { ...route.tls, timeout: timeoutMs, allowH2: false };
  const client = new Client(proxy.origin, { connect: connectOptions, headersTimeout: timeoutMs });
  try {
    const path = `${url.hostname}:${url.port || '443'}`;
    const tunnel = await client.connect({ path, headers: { host: path, ...basicCredentials(proxy) } });
    return tunnel.statusCode === 200 ? await certificateOf(url, route, tunnel.socket) : undefined;
  } catch {
    return undefined;
  } finally {
    await client.destroy();
  }
}

function topOf(certificate: X509Certificate): X509Certificate {
  let top = certificate;
  for (let step = 0; step < 10 && top.issuerCertificate && top.issuerCertificate !== top; step += 1) {
    top = top.issuerCertificate;
  }
  return top;
}

/** Whether the chain that was sent ends at an authority that Node ships as public. */
export function hasPublicIssuer(certificate: X509Certificate): boolean {
  const { issuer } = topOf(certificate);
  return rootCertificates.some((pem) => new X509Certificate(pem).subject === issuer);
}

/** The name of who issued it, as a person would say it. */
export function issuerName(certificate: X509Certificate): string {
  const named = /^(?:CN|O)=(.+)$/m.exec(topOf(certificate).issuer)?.[1] ?? 'an unnamed authority';
  // Some authorities write control characters into their names.
  return named.replace(/\p{C}/gu, '').slice(0, 80);
}

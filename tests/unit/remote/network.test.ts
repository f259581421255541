import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createNetwork } from '../../../main/adapters/network/network.ts';
import { proxyFromEnvironment, type Environment } from '../../../main/adapters/network/proxy-environment.ts';
import { kindOfError } from '../../../main/adapters/remote/http/network-problem.ts';

function proxy(url: string, environment: Environment): string | undefined {
  return proxyFromEnvironment(new URL(url), environment);
}

describe('the proxy of the environment', () => {
  it('is the one for the scheme, in either case of letters', () => {
    const both = { HTTPS_PROXY: 'http://s.test:1', http_proxy: 'p.test:2' };
    expect(proxy('https://x.test/', both)).toBe('http://s.test:1');
    expect(proxy('http://x.test/', both)).toBe('http://p.test:2');
    expect(proxy('https://x.test/', { https_proxy: 'http://lower:1', HTTPS_PROXY: 'http://upper:1' })).toBe(
      'http://lower:1',
    );
    expect(proxy('https://x.test/', { ALL_PROXY: 'http://all:1' })).toBe('http://all:1');
    expect(proxy('https://x.test/', { HTTPS_PROXY: ' ', HTTP_PROXY: 'http://p:1' })).toBeUndefined();
    expect(proxy('https://x.test/', {})).toBeUndefined();
  });

  it('is never used for this machine', () => {
    const environment = { HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://p:1' };
    for (const host of ['localhost', 'a.localhost', '127.8.0.1', '[::1]', '[::ffff:127.0.0.1]', '2130706433']) {
      expect(proxy(`http://${host}:80/`, environment), host).toBeUndefined();
    }
  });

  it.each([
    ['x.test', true],
    ['.x.test', true],
    ['*.x.test', true],
    ['other.test, X.TEST', true],
    ['other.test x.test', true],
    ['*', true],
    ['x.test:443', true],
    ['x.test:8443', false],
    ['y.test', false],
    ['t', false],
    ['xx.test', false],
    ['', false],
  ])('is passed by for a.x.test where NO_PROXY is "%s": %s', (noProxy, isDirect) => {
    const environment = { HTTPS_PROXY: 'http://p:1', NO_PROXY: noProxy };
    expect(proxy('https://a.x.test/', environment) === undefined).toBe(isDirect);
  });

  it('is passed by for addresses and ranges of addresses', () => {
    const environment = { HTTPS_PROXY: 'http://p:1', no_proxy: '10.0.0.0/8,192.168.1.7,fd00::/8,[fe80::1]:443' };
    for (const host of ['10.1.2.3', '192.168.1.7', '[fd00::5]', '[fe80::1]']) {
      expect(proxy(`https://${host}/`, environment), host).toBeUndefined();
    }
    for (const host of ['11.1.2.3', '192.168.1.77', '[fe80::2]', 'x.10.0.0.test']) {
      expect(proxy(`https://${host}/`, environment), host).toBe('http://p:1');
    }
  });
});

describe('the host’s network', () => {
  it('trusts real certificates, each once, and asks the environment', async () => {
    const network = createNetwork({ HTTPS_PROXY: 'http://p:1' });
    const certificates = network.certificates();
    expect(certificates.length).toBeGreaterThan(50);
    expect(new Set(certificates).size).toBe(certificates.length);
    expect(new X509Certificate(certificates[0] ?? '').ca).toBe(true);
    expect(network.certificates()).toBe(certificates);
    expect(await network.proxyFor(new URL('https://x.test'))).toBe('http://p:1');
  });
});

describe('an error of the network', () => {
  it.each([
    ['ENOTFOUND', 'name-not-found'],
    ['EAI_AGAIN', 'offline'],
    ['EAI_FAIL', 'name-not-found'],
    ['ENETUNREACH', 'offline'],
    ['EHOSTUNREACH', 'offline'],
    ['ECONNREFUSED', 'connection-refused'],
    ['ECONNRESET', 'connection-lost'],
    ['EPIPE', 'connection-lost'],
    ['ETIMEDOUT', 'timed-out'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timed-out'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timed-out'],
    ['UND_ERR_SOCKET', 'connection-lost'],
    ['UND_ERR_DESTROYED', 'cancelled'],
    ['UND_ERR_HEADERS_OVERFLOW', 'not-http'],
    ['HPE_INVALID_CONSTANT', 'not-http'],
    ['CERT_HAS_EXPIRED', 'tls-refused'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-refused'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-refused'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls-refused'],
    ['EPROTO', 'tls-refused'],
    ['UND_ERR_PRX_TLS', 'proxy-refused'],
    ['Z_BUF_ERROR', 'cut-off'],
    ['ERR_ASSERTION', undefined],
    ['', undefined],
  ])('%s is %s', (code, kind) => {
    expect(kindOfError(Object.assign(new Error('x'), { code }), false)).toBe(kind);
  });

  it('on the way to a proxy is the proxy’s', () => {
    for (const code of ['ECONNREFUSED', 'ENOTFOUND', 'UND_ERR_CONNECT_TIMEOUT']) {
      expect(kindOfError(Object.assign(new Error('x'), { code }), true)).toBe('proxy-refused');
    }
    expect(kindOfError(new TypeError('a bug'), true)).toBeUndefined();
  });
});

import type { Seeded } from '../kill/seeded.ts';

export type FuzzedRequest = {
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
};

const methods = ['GET', 'GET', 'GET', 'GET', 'GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'];
const parts = [
  ...['thumbnail', 'preview', 'original', 'assets', 'index.html', 'main-1a2b.js', 'door', '7', '1', '01', '-1', '1e3'],
  ...['..', '.', '%2e%2e', '%2f', '%5c', '%00', '%', '%zz', '%ff', '~', 'constructor', '__proto__', '"', '<script>'],
  ...['99999999999999999999', 'etc', 'passwd', 'x'.repeat(5000), '', '?', '#', ';', 'http://evil.example', '@', ':0'],
];
const values = [
  ...[
    '',
    '0',
    '*',
    'null',
    'evil.example',
    'http://evil.example',
    'bytes=0-',
    'bytes=5-1',
    'bytes=-0',
    'bytes=0-0,2-3',
  ],
  ...[
    'bytes=99999999999999999999-',
    '"',
    'W/"a"',
    'same-origin',
    'cross-site',
    'navigate',
    'upgrade',
    'websocket',
    '-1',
  ],
  ...['x'.repeat(4000), 'a=b; c', '__proto__=1', '127.0.0.1', 'localhost:1', 'gzip;q=nan', 'en-\u00e9'],
];
const names = [
  ...['Origin', 'Cookie', 'Range', 'If-None-Match', 'If-Range', 'Sec-Fetch-Site', 'Sec-Fetch-Mode', 'Accept-Language'],
  ...['Upgrade', 'X-Forwarded-Host', 'Content-Type', 'Referer', 'Accept-Encoding', 'Sec-WebSocket-Key', 'Host'],
];

/** Creates requests of every kind, half of them with the session cookie, the same ones for the same seed. */
export function createRequests({ next: random, between, pick }: Seeded, cookie: string): () => FuzzedRequest {
  const several = (most: number) => Array.from({ length: between(0, most) }, () => pick(parts));
  return () => {
    const query = random() < 0.3 ? `?${pick(['v', 'token', 'q', ''])}=${encodeURIComponent(pick(values))}` : '';
    const imagePath = `${pick(['thumbnail', 'preview', 'original'])}/7/${between(1, 3)}`;
    const odd = Object.fromEntries(Array.from({ length: between(0, 2) }, () => [pick(names), pick(values)]));
    return {
      path: `/${random() < 0.3 ? imagePath : several(4).join('/')}${query}`,
      method: pick(methods),
      headers: { ...(random() < 0.5 ? { Cookie: cookie } : {}), ...odd },
    };
  };
}

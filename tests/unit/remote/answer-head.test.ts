import { expect, it } from 'vitest';
import { mendHead, UnsoundHeadError } from '../../../main/adapters/remote/http/response-head.ts';

const ok = 'HTTP/1.1 200 OK\r\n';

it.each([
  ['Transfer-Encoding: identity\r\nContent-Length: 5\r\n', 'Content-Length: 5\r\n'],
  ['Transfer-Encoding: binary\r\nContent-Length: 5\r\n', 'Content-Length: 5\r\n'],
  ['Transfer-Encoding: Identity\r\n', ''],
  ['Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n', 'Transfer-Encoding: chunked\r\n'],
  ['Transfer-Encoding: chunked, chunked\r\n', 'Transfer-Encoding: chunked\r\n'],
  ['Content-Length: 5\r\ncontent-length:5\r\n', 'Content-Length: 5\r\n'],
  ['Content-Length: 5\r\nTransfer-Encoding: chunked\r\n', 'Transfer-Encoding: chunked\r\nConnection: close\r\n'],
])('a head with %j is mended', (fields, mended) => {
  expect(mendHead(`${ok}${fields}\r\n`)).toBe(`${ok}${mended}\r\n`);
});

it.each(['gzip, chunked', 'chunked, gzip', 'deflate'])('a body in the transfer coding %j is refused', (codings) => {
  expect(() => mendHead(`${ok}Transfer-Encoding: ${codings}\r\n\r\n`)).toThrow(UnsoundHeadError);
});

it.each(['Content-Length:', 'Content-Length: 5', 'Transfer-Encoding:', 'X:'])(
  'a head with long blanks behind %j is read at once',
  (field) => {
    for (const end of ['\rx', 'x', '']) {
      const head = `${ok}${field}${' '.repeat(60_000)}${end}\r\n\r\n`;
      const startedAt = performance.now();
      expect(mendHead(head)).toMatch(/^HTTP/);
      expect(performance.now() - startedAt).toBeLessThan(1_000);
    }
  },
);

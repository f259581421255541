/** A response head that can't be used; the message is for people. */
export class UnsoundHeadError extends Error {
  readonly code = 'UNSOUND_HEAD';
}

/**
 * Returns a response head in the form that undici's parser accepts, '' for an interim response. Throws `UnsoundHeadError`.
 * RFC 9110 lets a client ignore an interim response that it did not ask for (15.2), and take a repeated Content-Length
 * with one value for one (8.6); by RFC 9112 6.3 Transfer-Encoding overrides Content-Length.
 */
export function mendHead(head: string): string {
  const status = /^HTTP\/\d\.\d +(\d{3})/.exec(head)?.[1];
  if (status === '101') {
    throw new UnsoundHeadError('The server switched to another protocol although it was not asked to.');
  }
  if (status?.startsWith('1') === true) return '';
  const lengths = valuesOf(head, contentLength);
  if (lengths.length === 0 || !lengths.every((length) => /^\d+$/.test(length))) return head;
  if (valuesOf(head, transferEncoding).at(-1)?.toLowerCase() === 'chunked') {
    // Whoever sent both may see the end of the body elsewhere, so the connection is used no further.
    return withEnd(head.replace(contentLength, ''), 'Connection: close');
  }
  if (lengths.length === 1) return head;
  const [length = '', ...others] = new Set(lengths.map((each) => each.replace(/^0+(?=\d)/, '')));
  if (others.length === 0) return withEnd(head.replace(contentLength, ''), `Content-Length: ${length}`);
  const said = [length, ...others].join(' and ');
  throw new UnsoundHeadError(`The server declared different lengths for one file: ${said} bytes.`);
}

const contentLength = /^content-length:[ \t]*(.*?)[ \t]*\r?\n/gim;
const transferEncoding = /^transfer-encoding:[ \t]*(.*?)[ \t]*\r?\n/gim;

function valuesOf(head: string, header: RegExp): string[] {
  return [...head.matchAll(header)].flatMap(([, value = '']) => value.split(',').map((each) => each.trim()));
}

function withEnd(head: string, line: string): string {
  return head.replace(/\r?\n$/, `${line}\r\n\r\n`);
}

/** A response head that can't be used; the message is for people. */
export class UnsoundHeadError extends Error {
  readonly code = 'UNSOUND_HEAD';
}

/**
 * Returns a response head in the form that undici's parser accepts, '' for an interim response. Throws `UnsoundHeadError`.
 * RFC 9110 lets a client ignore an interim response that it did not ask for (15.2), and take a repeated Content-Length
 * with one value for one (8.6); by RFC 9112 6.3 Transfer-Encoding overrides Content-Length. `identity` and other unknown transfer
 * codings change nothing.
 */
export function mendHead(head: string): string {
  const status = /^HTTP\/\d\.\d +(\d{3})/.exec(head)?.[1];
  if (status === '101') {
    throw new UnsoundHeadError('The server switched to another protocol although it was not asked to.');
  }
  if (status?.startsWith('1') === true) return '';
  const lines = head.split('\n');
  const codings = valuesOf(lines, transferEncoding).map((coding) => coding.toLowerCase());
  const changing = codings.filter((coding) => changingCodings.has(coding));
  if (changing.length > 0) {
    // The parser would pass the encoded bytes on as if they were the file's.
    throw new UnsoundHeadError(`The server used a transfer coding that wasn't asked for: ${changing.join(', ')}.`);
  }
  if (codings.length === 0) return mendLengths(head, false);
  const isChunked = codings.includes('chunked');
  if (isChunked && codings.length === 1) return mendLengths(head, true);
  const plain = without(lines, transferEncoding);
  return mendLengths(isChunked ? withEnd(plain, 'Transfer-Encoding: chunked') : plain, isChunked);
}

function mendLengths(head: string, isChunked: boolean): string {
  const lines = head.split('\n');
  const lengths = valuesOf(lines, contentLength);
  if (lengths.length === 0 || !lengths.every((length) => /^\d+$/.test(length))) return head;
  if (isChunked) {
    // Whoever sent both may see the end of the body elsewhere, so the connection is used no further.
    return withEnd(without(lines, contentLength), 'Connection: close');
  }
  if (lengths.length === 1) return head;
  const [length = '', ...others] = new Set(lengths.map((each) => each.replace(/^0+(?=\d)/, '')));
  if (others.length === 0) return withEnd(without(lines, contentLength), `Content-Length: ${length}`);
  const said = [length, ...others].join(' and ');
  throw new UnsoundHeadError(`The server declared different lengths for one file: ${said} bytes.`);
}

const contentLength = 'content-length';
const transferEncoding = 'transfer-encoding';
/** Transfer codings that change the bytes (IANA's registry), and two that servers take for such. */
const changingCodings: ReadonlySet<string> = new Set([
  ...['compress', 'x-compress', 'deflate', 'gzip', 'x-gzip', 'br', 'zstd'],
]);

function isField(line: string, name: string): boolean {
  return line[name.length] === ':' && line.slice(0, name.length).toLowerCase() === name;
}

/** Reads line by line, as a pattern over the whole head took cubic time over long blanks. */
function valuesOf(lines: readonly string[], name: string): string[] {
  const values = lines.filter((line) => isField(line, name)).map((line) => line.slice(name.length + 1));
  return values.flatMap((value) => value.split(',').map((each) => each.trim()));
}

function without(lines: readonly string[], name: string): string {
  return lines.filter((line) => !isField(line, name)).join('\n');
}

function withEnd(head: string, line: string): string {
  return head.replace(/\r?\n$/, `${line}\r\n\r\n`);
}

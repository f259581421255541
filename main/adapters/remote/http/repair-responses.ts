import type { Socket } from 'node:net';
import type { buildConnector } from 'undici';
import { mendHead, UnsoundHeadError } from './response-head.ts';

/** A longer head is left to the parser, which has its own limit. Bytes. */
const longestHead = 65_536;
const begin = Buffer.from('HTTP/1.');
const nothing = Buffer.alloc(0);

/** Makes the connector's sockets mend what they receive. */
export function mendingConnector(connect: buildConnector.connector): buildConnector.connector {
  return (target, callback) => {
    connect(target, (...[error, socket]) => {
      if (error === null) callback(null, mendAnswers(socket));
      else callback(error, null);
    });
  };
}

/**
 * Passes each response head that undici reads from this socket through `mendHead`. A head is expected after each write,
 * as requests are not pipelined; bodies pass untouched.
 *
 * The socket is the last place to do so: undici's parser (8.12, `client-h1.js`) destroys the connection on a 100 and on a
 * repeated Content-Length before any interceptor or handler is called, and has no option for either. Its `read` and
 * `write` are replaced, as undici calls these two and no stream in between would keep the TLS socket's own properties.
 */
function mendAnswers<S extends Socket>(socket: S): S {
  const readRaw = socket.read.bind(socket) as (size?: number) => Buffer | null;
  let isHead = false;
  let held: Buffer = nothing;

  function release(): Buffer | null {
    const bytes = held;
    isHead = false;
    held = nothing;
    return bytes.length > 0 ? bytes : null;
  }

  /** Skips interim responses; returns null while the head is not whole. */
  function readHead(): Buffer | null {
    for (let chunk = readRaw(); chunk !== null; chunk = readRaw()) {
      held = held.length === 0 ? chunk : Buffer.concat([held, chunk]);
      for (let end = endOfHead(held); end >= 0; end = endOfHead(held)) {
        const head = held.toString('latin1', 0, end);
        const mended = mendHead(head);
        if (mended !== '') {
          if (mended !== head) held = Buffer.concat([Buffer.from(mended, 'latin1'), held.subarray(end)]);
          return release();
        }
        held = held.subarray(end);
      }
      const isHttp = held.subarray(0, begin.length).equals(begin.subarray(0, held.length));
      if (!isHttp || held.length > longestHead) return release();
    }
    return null;
  }

  function read(size?: number): Buffer | null {
    if (!isHead) return held.length > 0 ? release() : readRaw(size);
    try {
      return readHead();
    } catch (error) {
      if (!(error instanceof UnsoundHeadError)) throw error;
      socket.destroy(error);
      return null;
    }
  }

  socket.read = read;
  socket.write = new Proxy(socket.write.bind(socket), {
    apply(write, self, given) {
      isHead = true;
      return Reflect.apply(write, self, given) as boolean;
    },
  });
  socket.on('end', () => {
    isHead = false;
    if (held.length > 0) socket.emit('readable');
  });
  return socket;
}

/** Returns the index behind the empty line that ends the head; -1 while it is not there. */
function endOfHead(bytes: Buffer): number {
  const crlf = bytes.indexOf('\n\r\n');
  // The body behind the head need not be searched.
  const lf = (crlf < 0 ? bytes : bytes.subarray(0, crlf + 1)).indexOf('\n\n');
  if (lf >= 0) return lf + 2;
  return crlf < 0 ? -1 : crlf + 3;
}

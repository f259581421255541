import { createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

/** Answers one request on its socket; `head` is the request up to its blank line, `n` counts from 1. */
export type RawAnswer = (socket: Socket, head: string, n: number) => void;

export type RawServer = {
  readonly origin: string;
  /** The heads of the requests, in order of arrival. */
  readonly heads: readonly string[];
};

/** Serves bytes over TCP on loopback, valid HTTP or not, until the test ends. `greet` may write before any request. */
export async function serveRaw(answer: RawAnswer, greet?: (socket: Socket) => void): Promise<RawServer> {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('end', () => socket.end());
    let received = '';
    socket.on('data', (bytes) => {
      received += bytes.toString('latin1');
      for (let end = received.indexOf('\r\n\r\n'); end !== -1; end = received.indexOf('\r\n\r\n')) {
        const head = received.slice(0, end);
        received = received.slice(end + 4);
        heads.push(head);
        answer(socket, head, heads.length);
      }
    });
    greet?.(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  const { port } = server.address() as AddressInfo;
  return { origin: `http://127.0.0.1:${port}`, heads };
}

/** Answers with these bytes, text as Latin-1, and closes the connection with a FIN. */
export function rawSays(content: string | Uint8Array): RawAnswer {
  const bytes = typeof content === 'string' ? Buffer.from(content, 'latin1') : content;
  return (socket) => void socket.end(bytes);
}

/** Answers with this text, if any, and resets the connection (RST). */
export function rawSaysThenResets(text: string): RawAnswer {
  return (socket) => {
    if (text === '') socket.resetAndDestroy();
    else socket.write(Buffer.from(text, 'latin1'), () => setImmediate(() => socket.resetAndDestroy()));
  };
}

/** Joins the lines of a response head. */
export function headOf(...lines: readonly string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** Returns the value of a request header; undefined if it is missing. */
export function headerOf(head: string, name: string): string | undefined {
  return new RegExp(`^${name}: *(.*)$`, 'im').exec(head)?.[1];
}

import type { WebSocket } from 'ws';

/** Calls over a socket: each answer goes to its caller. */
export function callOver(socket: WebSocket): (name: string, input?: unknown) => Promise<unknown> {
  const waiting = new Map<number, (result: unknown) => void>();
  let last = 0;
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString());
    waiting.get(message.id)?.(message.result);
    waiting.delete(message.id);
  });
  return (name, input) => {
    const id = ++last;
    const answered = new Promise((resolve) => waiting.set(id, resolve));
    socket.send(JSON.stringify({ id, name, input }));
    return answered;
  };
}

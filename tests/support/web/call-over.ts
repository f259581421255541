import type { WebSocket } from 'ws';

/** Creates a call function over a socket, which matches answers to callers. */
export function callOver(socket: WebSocket): (name: string, input?: unknown) => Promise<unknown> {
  const pending = new Map<number, (result: unknown) => void>();
  let lastId = 0;
  socket.on('message', (data: Buffer) => {
    const message = JSON.parse(data.toString());
    pending.get(message.id)?.(message.result);
    pending.delete(message.id);
  });
  return (name, input) => {
    const id = ++lastId;
    const answered = new Promise((resolve) => pending.set(id, resolve));
    socket.send(JSON.stringify({ id, name, input }));
    return answered;
  };
}

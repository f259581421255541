import type { RawData, WebSocket } from 'ws';
import type { EventMessage } from '../../contract/events.ts';
import type { Dispatch } from '../../dispatch.ts';
import { failure } from '../../domain/failure.ts';
import { fail } from '../../domain/result.ts';
import { createPageClient } from '../shared/page/page-client.ts';
import { readMessage } from './rpc-message.ts';
import { createEventQueue } from './event-queue.ts';

export type RpcSocket = {
  readonly dispatch: Dispatch;
  readonly listen: (receive: (message: EventMessage) => void) => () => void;
};

/** Concurrent calls of a page; one that waits for a sync or a batch counts all the time. */
const maxCalls = 256;
/** Bytes buffered for a slow page: above the first, events are queued; above the second, no calls are read. */
const eventBufferBytes = 1024 * 1024;
const callBufferBytes = 8 * 1024 * 1024;

const closeCodes = { notText: 1003, notUnderstood: 1007 } as const;

/** Serves one page over its WebSocket: calls and their answers, and events. */
export function serveRpc(socket: WebSocket, { dispatch, listen }: RpcSocket): void {
  const client = createPageClient(dispatch);
  let activeCalls = 0;
  const send = (message: object) => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(message), () => {
      if (socket.bufferedAmount <= eventBufferBytes) events.caughtUp();
      if (socket.isPaused && socket.bufferedAmount <= callBufferBytes) socket.resume();
    });
    if (socket.bufferedAmount > callBufferBytes) socket.pause();
  };
  const events = createEventQueue(
    (event) => send({ event }),
    () => socket.bufferedAmount <= eventBufferBytes,
  );
  const receive = async (data: RawData, isBinary: boolean) => {
    if (isBinary) return socket.close(closeCodes.notText, 'The door takes text.');
    const message = readMessage(toText(data));
    if (message.kind === 'unanswerable') {
      return socket.close(closeCodes.notUnderstood, 'The door takes {"id": number, "name": string, "input": …}.');
    }
    if (message.kind === 'wrong') return send({ id: message.id, result: message.result });
    const { id, name, input } = message.call;
    if (activeCalls >= maxCalls) return send({ id, result: fail(tooMany) });
    activeCalls += 1;
    const result = await client.dispatch(name, input);
    activeCalls -= 1;
    send({ id, result });
  };
  const stopListening = listen(events.send);
  socket.on('message', (data, isBinary) => void receive(data, isBinary));
  socket.on('close', () => {
    stopListening();
    client.leave();
  });
  // The close code reports frame errors to the page; they are no failures of this process.
  socket.on('error', () => undefined);
}

const tooMany = failure('busy', `More than ${maxCalls} calls are under way from this page. Wait for some of them.`);

function toText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8');
}

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

/** Calls that a page may have under way; one that waits for a sync or a batch is under way all the time. */
const mostCalls = 256;
/** Bytes that wait for a slow page: above, events are held back, then further calls are not read. */
const eventsHeldAbove = 1024 * 1024;
const callsHeldAbove = 8 * 1024 * 1024;

const closing = { notText: 1003, notUnderstood: 1007 } as const;

/** Serves the door to one page over its WebSocket: calls and their answers, and events. */
export function serveRpc(socket: WebSocket, { dispatch, listen }: RpcSocket): void {
  const client = createPageClient(dispatch);
  let underWay = 0;
  const send = (message: object) => {
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(message), () => {
      if (socket.bufferedAmount <= eventsHeldAbove) events.caughtUp();
      if (socket.isPaused && socket.bufferedAmount <= callsHeldAbove) socket.resume();
    });
    if (socket.bufferedAmount > callsHeldAbove) socket.pause();
  };
  const events = createEventQueue(
    (event) => send({ event }),
    () => socket.bufferedAmount <= eventsHeldAbove,
  );
  const receive = async (data: RawData, isBinary: boolean) => {
    if (isBinary) return socket.close(closing.notText, 'The door takes text.');
    const message = readMessage(asText(data));
    if (message.kind === 'unanswerable') {
      return socket.close(closing.notUnderstood, 'The door takes {"id": number, "name": string, "input": …}.');
    }
    if (message.kind === 'wrong') return send({ id: message.id, result: message.result });
    const { id, name, input } = message.call;
    if (underWay >= mostCalls) return send({ id, result: fail(tooMany) });
    underWay += 1;
    const result = await client.dispatch(name, input);
    underWay -= 1;
    send({ id, result });
  };
  const stopListening = listen(events.send);
  socket.on('message', (data, isBinary) => void receive(data, isBinary));
  socket.on('close', () => {
    stopListening();
    client.leave();
  });
  // What was wrong with its frames is told to the page by the close code; it is no failure of ours.
  socket.on('error', () => undefined);
}

const tooMany = failure('busy', `More than ${mostCalls} calls are under way from this page. Wait for some of them.`);

function asText(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString('utf8');
  return (Buffer.isBuffer(data) ? data : Buffer.from(data)).toString('utf8');
}

import type { EventMessage } from '../../main/contract/events.ts';
import type { Transport } from '../../main/contract/transport.ts';
import { failure } from '../../main/domain/failure.ts';
import { fail, type Result } from '../../main/domain/result.ts';

export type Connection = 'connecting' | 'open' | 'lost';

export type SocketDeps = {
  readonly url: string;
  /** Offered as a second protocol: a page can set no header of a WebSocket but that one. */
  readonly doorKey: string | undefined;
  /** Told whenever the state changes. */
  readonly changed: (connection: Connection) => void;
  /** Runs after so many ms. */
  readonly later: (ms: number, run: () => void) => void;
};

type Pending = (result: Result<unknown>) => void;
type Incoming = { readonly id: number; readonly result: Result<unknown> } | { readonly event: EventMessage };

const firstRetryMs = 250;
const longestRetryMs = 5_000;

/**
 * Calls and events over one WebSocket, which is opened again whenever it is lost. What was asked and not answered by
 * then fails with `offline`; what is asked before it is open waits.
 */
export function createSocketTransport({ url, doorKey, changed, later }: SocketDeps): Transport {
  const listeners = new Set<(message: EventMessage) => void>();
  const pending = new Map<number, Pending>();
  const waiting: string[] = [];
  let socket: WebSocket | undefined;
  let lastId = 0;
  let retryMs = firstRetryMs;

  const open = () => {
    const opening = new WebSocket(url, ['contact-sheet', ...(doorKey === undefined ? [] : [doorKey])]);
    opening.onopen = () => {
      socket = opening;
      for (const text of waiting.splice(0)) opening.send(text);
      changed('open');
    };
    opening.onmessage = ({ data }) => receive(JSON.parse(String(data)) as Incoming);
    opening.onclose = () => {
      socket = undefined;
      waiting.length = 0;
      const lost = fail(failure('offline', 'The connection to Contact Sheet on this machine was lost.'));
      for (const answer of pending.values()) answer(lost);
      pending.clear();
      changed('lost');
      later(retryMs, open);
      retryMs = Math.min(longestRetryMs, retryMs * 2);
    };
  };
  const receive = (message: Incoming) => {
    // Not before: a server that accepts and hangs up at once is asked less and less often.
    retryMs = firstRetryMs;
    if ('event' in message) {
      for (const listener of listeners) listener(message.event);
      return;
    }
    pending.get(message.id)?.(message.result);
    pending.delete(message.id);
  };
  changed('connecting');
  open();
  return {
    call(name, input) {
      const id = ++lastId;
      const text = JSON.stringify({ id, name, input });
      if (socket === undefined) waiting.push(text);
      else socket.send(text);
      return new Promise((resolve) => pending.set(id, resolve));
    },
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

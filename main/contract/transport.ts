import type { Result } from '../domain/result.ts';
import type { EventMessage } from './events.ts';

/** The way between a page and the core, whatever the host: the bridge in a window, a WebSocket in a browser. */
export type Transport = {
  call(name: string, input: unknown): Promise<Result<unknown>>;
  /** Returns what ends the listening. */
  listen(receive: (message: EventMessage) => void): () => void;
};

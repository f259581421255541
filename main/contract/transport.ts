import type { Result } from '../domain/result.ts';
import type { EventMessage } from './events.ts';

/** What carries the door to a client of another process: Electron's bridge, or a WebSocket. */
export type Transport = {
  call(name: string, input: unknown): Promise<Result<unknown>>;
  /** Returns what ends the listening. */
  listen(receive: (message: EventMessage) => void): () => void;
};

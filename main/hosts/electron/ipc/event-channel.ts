import type { EventMessage } from '../../../contract/events.ts';

/** The part of a window that an event needs. */
export type Receiver = {
  isDestroyed(): boolean;
  readonly webContents: { isDestroyed(): boolean; send(channel: string, message: EventMessage): void };
};

/** Sends each message to every open window. Returns a function that stops it. */
export function forwardEvents(
  listen: (receive: (message: EventMessage) => void) => () => void,
  windows: () => readonly Receiver[],
): () => void {
  return listen((message) => {
    for (const window of windows()) {
      if (!window.isDestroyed() && !window.webContents.isDestroyed()) window.webContents.send('event', message);
    }
  });
}

import type { EventMessage } from '../../../contract/events.ts';

/** As much of a window as an event needs. */
export type Receiver = {
  isDestroyed(): boolean;
  readonly webContents: { isDestroyed(): boolean; send(channel: string, message: EventMessage): void };
};

/** The channel out: each message goes to every window that lives. Returns what ends it. */
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

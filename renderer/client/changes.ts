import type { EventMessage } from '../../main/contract/events.ts';

/** Whether queries may find other images from now on: what was downloaded is found, or no longer found, by some. */
export function changesResults(message: EventMessage): boolean {
  const { topic } = message;
  return (
    topic === 'catalogue' ||
    topic === 'accounts' ||
    topic === 'batches' ||
    (topic === 'batch' && message.batch.state !== 'running')
  );
}

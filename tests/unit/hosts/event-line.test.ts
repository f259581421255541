import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EventMessage } from '../../../main/contract/events.ts';
import { createEventQueue } from '../../../main/hosts/web/event-queue.ts';

function openLine() {
  const sent: EventMessage[] = [];
  const reader = { isFree: true };
  const line = createEventQueue(
    (message) => sent.push(message),
    () => reader.isFree,
  );
  return { sent, reader, line };
}

const accounts = (revision: number): EventMessage => ({ topic: 'accounts', revision });
const catalogue = (revision: number): EventMessage => ({ topic: 'catalogue', revision });

describe('a line of events', () => {
  it('passes on at once what a quick reader can take', () => {
    const { sent, line } = openLine();
    line.send(accounts(1));
    line.send(accounts(2));
    expect(sent).toEqual([accounts(1), accounts(2)]);
  });

  it('keeps the newest of each subject for a slow one', () => {
    const { sent, reader, line } = openLine();
    reader.isFree = false;
    for (const message of [accounts(1), catalogue(2), accounts(3)]) line.send(message);
    line.caughtUp();
    expect(sent).toEqual([]);
    reader.isFree = true;
    line.caughtUp();
    expect(sent).toEqual([catalogue(2), accounts(3)]);
    line.caughtUp();
    expect(sent).toHaveLength(2);
  });

  it('never goes back in time, and always ends with the newest of each subject', () => {
    const step = fc.oneof(
      fc.constantFrom<'accounts' | 'catalogue'>('accounts', 'catalogue'),
      fc.boolean().map((isFree) => ({ isFree })),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { sent, reader, line } = openLine();
        const newest = new Map<string, number>();
        for (const [revision, now] of steps.entries()) {
          if (typeof now === 'string') {
            line.send({ topic: now, revision });
            newest.set(now, revision);
          } else {
            reader.isFree = now.isFree;
            line.caughtUp();
          }
        }
        reader.isFree = true;
        line.caughtUp();
        const revisions = sent.map(({ revision }) => revision);
        expect(revisions).toEqual(revisions.toSorted((a, b) => a - b));
        for (const [topic, revision] of newest) {
          expect(sent.findLast((message) => message.topic === topic)?.revision).toBe(revision);
        }
      }),
    );
  });
});

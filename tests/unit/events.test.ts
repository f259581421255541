import { describe, expect, it } from 'vitest';
import type { EventMessage } from '../../main/contract/events.ts';
import { createEvents, type EventTimers } from '../../main/events.ts';

/** Creates timers that a test advances manually. */
function createTimers() {
  let now = 0;
  let due: { at: number; call: () => void }[] = [];
  const timers: EventTimers = {
    now: () => now,
    after(ms, call) {
      const entry = { at: now + ms, call };
      due.push(entry);
      return () => (due = due.filter((other) => other !== entry));
    },
  };
  const pass = (ms: number) => {
    now += ms;
    const ready = due.filter(({ at }) => at <= now);
    due = due.filter(({ at }) => at > now);
    for (const { call } of ready) call();
  };
  return { timers, pass };
}

describe('events', () => {
  it('sends the first at once and then the newest of each tenth of a second', () => {
    const { timers, pass } = createTimers();
    const events = createEvents(timers);
    const heard: EventMessage[] = [];
    events.listen((message) => heard.push(message));
    for (let index = 0; index < 50; index++) events.publish({ topic: 'catalogue' });
    expect(heard).toHaveLength(1);
    pass(100);
    expect(heard).toHaveLength(2);
    pass(1000);
    expect(heard).toHaveLength(2);
  });

  it('keeps subjects apart and numbers rising', () => {
    const { timers } = createTimers();
    const events = createEvents(timers);
    const heard: EventMessage[] = [];
    events.listen((message) => heard.push(message));
    events.publish({ topic: 'catalogue' });
    events.publish({ topic: 'accounts' });
    expect(heard.map(({ topic, revision }) => [topic, revision])).toEqual([
      ['catalogue', 1],
      ['accounts', 2],
    ]);
  });

  it('sends what waits when flushed, once, and nothing to who has left', () => {
    const { timers, pass } = createTimers();
    const events = createEvents(timers);
    const heard: EventMessage[] = [];
    const leave = events.listen((message) => heard.push(message));
    events.publish({ topic: 'accounts' });
    events.publish({ topic: 'accounts' });
    events.flush();
    pass(500);
    expect(heard).toHaveLength(2);
    leave();
    events.publish({ topic: 'accounts' });
    expect(heard).toHaveLength(2);
  });
});

it('tells when the first one begins to listen and the last one has stopped', () => {
  const heard: boolean[] = [];
  const events = createEvents(createTimers().timers, (isHeard) => heard.push(isHeard));
  const [one, other] = [events.listen(() => undefined), events.listen(() => undefined)];
  one();
  one();
  expect(heard).toEqual([true]);
  other();
  expect(heard).toEqual([true, false]);
});

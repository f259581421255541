import { afterEach, describe, expect, it } from 'vitest';
import { asker, pageBody, serving } from './api-support.ts';
import { key, memoryLedger, openGate, send, serve, stopAll } from './support.ts';

afterEach(stopAll);

describe('waiting', () => {
  const date = new Date(Date.UTC(2026, 10, 24, 12)).toUTCString();
  const inTenSeconds = new Date(Date.UTC(2026, 10, 24, 12, 0, 10)).toUTCString();

  it.each([['10'], [inTenSeconds]])('obeys Retry-After: %s, and holds everyone with the key', async (header) => {
    const { ask, clock, ledger } = await serving((response, count) =>
      count === 1 ? send(response, 429, '', { 'retry-after': header, date }) : send(response, 200, pageBody()),
    );
    const { code, waits, calls } = await ask();
    expect([code, calls]).toEqual(['ok', 2]);
    expect(clock.slept).toEqual([10_000]);
    expect(waits).toMatchObject([{ until: Date.UTC(2026, 10, 24, 12, 0, 10), reason: 'throttled' }]);
    expect(ledger.held).toEqual([Date.UTC(2026, 10, 24, 12, 0, 10)]);
  });

  it('is not for more than five minutes, and the next call does not ask again', async () => {
    const { ask, server, clock } = await serving((response) => send(response, 429, '', { 'retry-after': '301' }));
    const retryAt = Date.UTC(2026, 10, 24, 12, 5, 1);
    expect((await ask()).result).toMatchObject({ ok: false, error: { code: 'throttled', retryAt } });
    expect(await ask()).toMatchObject({ calls: 0, result: { error: { code: 'throttled', retryAt } } });
    expect([server.seen.length, clock.slept]).toEqual([1, []]);
  });

  it('goes on through several throttles, but not for ever', async () => {
    const twice = await serving((response, count) =>
      count <= 6 ? send(response, 429, '', { 'retry-after': '3' }) : send(response, 200, pageBody()),
    );
    expect(await twice.ask()).toMatchObject({ code: 'ok', calls: 7 });
    const always = await serving((response) => send(response, 429, '', { 'retry-after': '3' }));
    expect(await always.ask()).toMatchObject({ code: 'throttled', calls: 11 });
  });

  it('counts slow failures into the thirty seconds', async () => {
    const after = async (attemptMs: number) => {
      const opened = await serving((response) => {
        opened.clock.advance(attemptMs);
        send(response, 500, '');
      });
      const { calls } = await opened.ask();
      return { calls, slept: opened.clock.slept };
    };
    expect(await after(6_500)).toEqual({ calls: 5, slept: [500, 1_000, 2_000, 500] });
    expect(await after(20_000)).toEqual({ calls: 2, slept: [500] });
    expect(await after(40_000)).toEqual({ calls: 1, slept: [] });
  });

  it('asks the ledger before each call of a real origin, and says that it waits', async () => {
    const ledger = memoryLedger([7_000, 0]);
    const { gate, clock } = openGate({ ledger, names: {} });
    const { code, waits } = await asker(gate, 'https://nowhere.test')();
    expect(code).toBe('name-not-found');
    expect(waits).toMatchObject([{ until: Date.UTC(2026, 10, 24, 12, 0, 7), reason: 'rate-limit' }]);
    expect(clock.slept).toEqual([7_000]);
    expect(ledger.reserved).toEqual(Array(2).fill(`fingerprint of ${key.length} characters`));
  });

  it('is not for a test of the connection, which says until when and makes no call', async () => {
    const { ask, server, clock } = await serving((response) => send(response, 429, '', { 'retry-after': '90' }));
    const retryAt = Date.UTC(2026, 10, 24, 12, 1, 30);
    const throttled = { result: { error: { code: 'throttled', retryAt } } };
    expect(await ask({ once: true })).toMatchObject({ calls: 1, ...throttled });
    expect(await ask({ once: true })).toMatchObject({ calls: 0, ...throttled });

    const { gate } = openGate({ ledger: memoryLedger([7_000]), names: {} });
    expect(await asker(gate, 'https://nowhere.test')({ once: true })).toMatchObject({
      code: 'throttled',
      result: { error: { retryAt: Date.UTC(2026, 10, 24, 12, 0, 7) } },
    });
    expect([server.seen.length, clock.slept]).toEqual([1, []]);
  });

  it('is cancelled at once, before, within and between attempts', async () => {
    const stopped = new AbortController();
    stopped.abort();
    const first = await serving((response) => send(response, 200, pageBody()));
    expect(await first.ask({ signal: stopped.signal })).toMatchObject({ code: 'cancelled', calls: 0 });

    const within = new AbortController();
    const silent = await serving(() => within.abort());
    expect((await silent.ask({ signal: within.signal })).code).toBe('cancelled');

    const between = new AbortController();
    const failing = await serving((response) => send(response, 500, ''));
    const { code, calls } = await failing.ask({ signal: between.signal, onWait: () => between.abort() });
    expect([code, calls]).toEqual(['cancelled', 1]);
  });

  it('ends when the gate closes', async () => {
    const opened = openGate();
    const server = await serve(() => void opened.gate.close());
    const ask = asker(opened.gate, server.origin);
    expect((await ask()).code).toBe('cancelled');
    expect((await ask()).code).toBe('cancelled');
  });
});

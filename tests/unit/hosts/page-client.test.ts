import { describe, expect, it } from 'vitest';
import { createPageClient } from '../../../main/hosts/page/page-client.ts';
import { ok } from '../../../main/domain/result.ts';

function openClient(wait: Promise<unknown> = Promise.resolve()) {
  const released: unknown[] = [];
  let last = 0;
  const client = createPageClient(async (name, input) => {
    if (name === 'catalogue.release') released.push(input);
    if (name !== 'catalogue.query') return ok();
    await wait;
    return ok({ handle: (last += 1) });
  });
  return { client, released };
}

describe('a page that goes away', () => {
  it('lets go of the results that it has not let go of itself, once', async () => {
    const { client, released } = openClient();
    for (let count = 0; count < 3; count++) await client.dispatch('catalogue.query', {});
    await client.dispatch('catalogue.release', { handle: 2 });
    client.leave();
    client.leave();
    expect(released).toEqual([2, 1, 3].map((handle) => ({ handle })));
  });

  it('lets go of what it asked for and did not live to see', async () => {
    const { promise, resolve } = Promise.withResolvers();
    const { client, released } = openClient(promise);
    const asked = client.dispatch('catalogue.query', {});
    client.leave();
    resolve(undefined);
    expect(await asked).toEqual(ok({ handle: 1 }));
    expect(released).toEqual([{ handle: 1 }]);
  });

  it('has nobody plan for it any more, and leaves what it started', async () => {
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const calls: unknown[] = [];
    const client = createPageClient(async (name, input) => {
      calls.push([name, input]);
      if (name === 'downloads.plan') await promise;
      return ok();
    });
    await client.dispatch('downloads.start', { ticket: 'a' });
    const planning = client.dispatch('downloads.plan', { ticket: 'b' });
    client.leave();
    resolve(undefined);
    await planning;
    client.leave();
    const dropped = calls.slice(2);
    expect(dropped).toEqual([['downloads.drop', { ticket: 'b' }]]);
  });

  it('remembers no more results than can be kept', async () => {
    const { client, released } = openClient();
    for (let count = 0; count < 200; count++) await client.dispatch('catalogue.query', {});
    client.leave();
    expect(released).toHaveLength(64);
    expect(released.at(-1)).toEqual({ handle: 200 });
  });
});

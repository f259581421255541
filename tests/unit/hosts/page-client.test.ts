import { describe, expect, it } from 'vitest';
import { createPageClient } from '../../../main/hosts/shared/page/page-client.ts';
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

describe('the selections of a page', () => {
  function openSelecting() {
    const released: unknown[] = [];
    let last = 0;
    const client = createPageClient(async (name, input) => {
      if (name === 'selection.release') released.push(input);
      return name === 'selection.change' ? ok({ selection: `s-${++last}` }) : ok();
    });
    const change = () => client.dispatch('selection.change', {});
    return { client, released, change };
  }
  const release = (selection: string, mayReturn: boolean) => ({ selection, mayReturn });

  it('are released but for the newest, which the page that takes its place may ask for', async () => {
    const { client, released, change } = openSelecting();
    for (let count = 0; count < 3; count++) await change();
    client.leave();
    client.leave();
    expect(released).toEqual([release('s-1', false), release('s-2', false), release('s-3', true)]);
  });

  it('are kept for undoing, but no more than sixteen', async () => {
    const { released, change } = openSelecting();
    for (let count = 0; count < 18; count++) await change();
    expect(released).toEqual([release('s-1', false), release('s-2', false)]);
  });

  it('may be asked for by the page that follows also if the answer came too late', async () => {
    const { promise, resolve } = Promise.withResolvers();
    const released: unknown[] = [];
    const client = createPageClient(async (name, input) => {
      if (name === 'selection.release') released.push(input);
      if (name === 'selection.change') await promise;
      return ok({ selection: 'late' });
    });
    const changed = client.dispatch('selection.change', {});
    client.leave();
    resolve(undefined);
    await changed;
    expect(released).toEqual([release('late', true)]);
  });
});

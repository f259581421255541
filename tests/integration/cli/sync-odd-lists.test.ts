import { describe, expect, test } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { must, openTestCore } from '../../support/core.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import type { PageEdit } from '../../support/fake-api/fault.ts';
import { rawSays, serveRaw, type RawAnswer } from '../../support/raw-server.ts';
import { addAccount, addToCore, searchRows, startApi, withKey } from './support.ts';

type Pagination = NonNullable<PageEdit['pagination']>;

async function openAccount(origin: string) {
  const { core } = openTestCore();
  const accountId = await addToCore(core, origin);
  const sync = async (full = false) => {
    const { calls, present, complete, failure } = must(await core.call('sync.run', { accountId, full }));
    return { calls, present, complete, failure: failure?.code };
  };
  return { core, accountId, sync };
}

describe('what a page echoes', () => {
  test.each<[string, Pagination]>([
    ['pages counted from 0', { currentPage: 0 }],
    ['page 1, always', { currentPage: 1 }],
    ['page 999, always', { currentPage: 999 }],
    ['a page in words', { currentPage: 'one' }],
    ['a page size that is too high', { perPage: 1_000 }],
    ['a page size that is too low', { perPage: 10 }],
    ['the page size of the last page', { perPage: 50 }],
  ])('is no position: %s', async (_, pagination) => {
    const api = await startApi({ library: plainImages(250) });
    api.faultCalls({ page: { pagination } });
    const { sync } = await openAccount(api.origin);
    expect(await sync()).toMatchObject({ calls: 3, present: 250, complete: true });
    expect(await sync()).toMatchObject({ calls: 1, complete: true });
    expect(api.calls().map(({ path }) => path.split('?page=')[1])).toEqual(
      [1, 2, 3, 1].map((page) => `${page}&perPage=100`),
    );
  });

  test('may change with each page, and the calls stay within twice what was said, and two', async () => {
    const api = await startApi({ library: plainImages(250) });
    const sizes = [100, 50, 25, 10, 100, 20];
    for (let call = 1; call <= 40; call += 1) {
      const pagination = { perPage: sizes[call % sizes.length], totalItems: 250 + (call % 3) };
      api.faultCalls({ page: { pagination } }, { number: call });
    }
    const { sync } = await openAccount(api.origin);
    const { calls, present } = await sync();
    expect(calls).toBeLessThanOrEqual(8);
    expect(present).toBe(250);
  });
});

describe('a total that is wrong', () => {
  test.each([190, 100, 200, 1, 0])('and says %i of 250 loses no image', async (totalItems) => {
    const api = await startApi({ library: plainImages(250) });
    api.faultCalls({ page: { pagination: { totalItems } } });
    const { core, accountId, sync } = await openAccount(api.origin);
    expect(await sync()).toMatchObject({ calls: 3, present: 250, failure: undefined });
    expect(must(await core.call('sync.cost', { accountId }))).toEqual({ least: 1, whole: 3 });
    expect(await sync()).toMatchObject({ calls: 1, present: 250 });
    api.library.upload(1);
    expect(await sync()).toMatchObject({ present: 251 });
  });

  test('is said on the command line, which ends well', async () => {
    const api = await startApi({ library: plainImages(250) });
    api.faultCalls({ page: { pagination: { totalItems: 190 } } });
    const cli = createCli();
    await addAccount(cli, api.origin);
    const first = await cli.run(['sync'], withKey);
    expect(first).toMatchObject({ code: 0, out: expect.stringMatching(/250 images, 3 calls/) });
    expect(first.err).toMatch(/does not add up to its own total: QuestionPro says 190, and 250 images/);
    const second = await cli.run(['sync'], withKey);
    expect(second).toMatchObject({ code: 0, out: expect.stringMatching(/250 images, 1 call\b/) });
    expect(second.err).toMatch(/total is wrong: it says 190, and its list has 250 images/);
    expect(await searchRows(cli)).toHaveLength(250);
  });

  test('and much too high costs one call more', async () => {
    const api = await startApi({ library: plainImages(250) });
    api.faultCalls({ page: { pagination: { totalItems: 1_000_000 } } });
    const { sync } = await openAccount(api.origin);
    expect(await sync()).toMatchObject({ calls: 4, present: 250, complete: false });
  });

  test('costs nothing where a full page is the last one', async () => {
    const api = await startApi({ library: plainImages(200) });
    const { sync } = await openAccount(api.origin);
    expect(await sync()).toMatchObject({ calls: 2, present: 200, complete: true });
  });
});

/** Starts an API with custom pages and totals. */
async function startList(answer: (page: number, call: number) => { ids: readonly number[]; total: number }) {
  let call = 0;
  return serveRaw((socket, head) => {
    call += 1;
    const { ids, total } = answer(Number(/[?&]page=(\d+)/.exec(head)?.[1]), call);
    const response = ids.map((imageID) => ({ imageID, imageURL: `http://127.0.0.1:9/${imageID}.png`, size: '1 Kb' }));
    const pagination = { perPage: 100, totalItems: total, currentPage: 1, totalPages: Math.ceil(total / 100) };
    const body = JSON.stringify({ response, pagination, requestID: 'x' });
    socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
  });
}

const idsFrom = (highest: number, count = 100): number[] =>
  Array.from({ length: count }, (_, index) => highest - index);

describe('pages that are smaller than they say', () => {
  test.each([7, 30, 50])('as they hold %i, are all read', async (size) => {
    const ids = idsFrom(10_000, 150);
    const list = await startList((page) => ({ ids: ids.slice((page - 1) * size, page * size), total: ids.length }));
    const { sync } = await openAccount(list.origin);
    expect(await sync()).toMatchObject({ calls: Math.ceil(150 / size), present: 150, complete: true });
    expect(await sync()).toMatchObject({ calls: 1, complete: true });
  });
});

describe('a list that has no end', () => {
  test.each<[string, number, (page: number) => number]>([
    ['the first page, whatever was asked for', 2, () => 1],
    ['the last page for each behind it', 4, (page) => Math.min(page, 3)],
    ['the pages in turn', 4, (page) => ((page - 1) % 3) + 1],
  ])('as it gives %s, is given up with the reason', async (_, calls, give) => {
    const list = await startList((page) => ({ ids: idsFrom(10_000 - give(page) * 100), total: 900 }));
    const { core, accountId } = await openAccount(list.origin);
    for (const full of [false, true]) {
      const ended = must(await core.call('sync.run', { accountId, full }));
      expect(ended).toMatchObject({
        calls,
        complete: false,
        state: 'failed',
        gone: 0,
        failure: { code: 'server-error' },
      });
      expect(ended.failure?.message).toContain(`nothing new with page ${calls}`);
    }
  });

  test('as its total changes each time, is given up within twice its pages, and two', async () => {
    const list = await startList((_page, call) => ({ ids: idsFrom(10_000), total: 250 + call }));
    const { sync } = await openAccount(list.origin);
    expect(await sync()).toMatchObject({ calls: 8, present: 100, complete: false, failure: 'server-error' });
  });

  test('as it makes up new images, is given up, and the next sync goes on from there', async () => {
    const list = await startList((page) => ({ ids: idsFrom(10_000_000 - page * 100), total: 0 }));
    const { sync } = await openAccount(list.origin);
    expect(await sync()).toMatchObject({ calls: 102, present: 10_200, complete: false, failure: 'server-error' });
    expect(await sync()).toMatchObject({ calls: 102, present: 20_400, complete: false, failure: 'server-error' });
  });

  test('ends the command with 5, and its calls are told', async () => {
    const list = await startList(() => ({ ids: idsFrom(10_000), total: 250 }));
    const cli = createCli();
    await addAccount(cli, list.origin);
    const { code, events } = await cli.events(['sync', '--json'], withKey);
    expect(code).toBe(5);
    expect(events.at(-1)).toMatchObject({ event: 'done', calls: 2, total: 100, complete: false });
  });
});

describe('an answer that is not HTTP', () => {
  const ok = 'HTTP/1.1 200 OK\r\n';
  test.each<[string, RawAnswer, number, string]>([
    ['a header without a colon', rawSays(`${ok}Nonsense\r\n\r\n{}`), 1, 'not-the-api'],
    ['an SSH banner', rawSays('SSH-2.0-OpenSSH_9.2p1\r\n'), 1, 'not-the-api'],
    ['a protocol that undici stumbles over', rawSays('HTTP/1.1 101 S\r\n\r\nabc'), 1, 'not-the-api'],
  ])('ends a sync with 5, and its call is counted: %s', async (_, answer, calls, code) => {
    const server = await serveRaw(answer);
    const cli = createCli();
    await addAccount(cli, server.origin);
    const ended = await cli.events(['sync', '--json'], withKey);
    expect(ended.code).toBe(5);
    expect(ended.events.at(-1)).toMatchObject({ event: 'done', calls, complete: false });
    expect(JSON.stringify(ended.events)).toContain(code);
  });
});

import { afterEach, describe, expect, test } from 'vitest';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { startFakeApi, type FakeApi, type FakeApiSettings } from '../../support/fake-api/fake-api.ts';
import type { Fault } from '../../support/fake-api/fault.ts';
import { faults, malformedRecords } from '../../support/fake-api/faults.ts';
import { documentedError, documentedPage, readFixture } from '../../support/fake-api/fixtures.ts';
import { plainGet, type PlainAnswer } from '../../support/fake-api/plain-client.ts';

const key = 'key-of-the-test';
let api: FakeApi;

async function start(settings: FakeApiSettings = {}): Promise<void> {
  api = await startFakeApi(settings);
}
afterEach(() => api.close());

function call(page = 1, { user = '1234567', withKey = key } = {}): Promise<PlainAnswer> {
  return plainGet(`${api.origin}/a/api/v2/users/${user}/images?page=${page}&perPage=100`, {
    headers: { 'api-key': withKey },
  });
}

function bodyOf(answer: PlainAnswer): { response: { imageID: number }[]; pagination: { [field: string]: unknown } } {
  return JSON.parse(answer.body.toString());
}

async function idsOf(page: number): Promise<number[]> {
  return bodyOf(await call(page)).response.map(({ imageID }) => imageID);
}

describe('the fake API, when nothing goes wrong', () => {
  test('serves the documented page with its own origin, and pictures that have the sizes it says', async () => {
    await start({ library: 'documented' });
    expect((await call()).body.toString()).toBe(documentedPage(api.origin));
    const { response } = JSON.parse(readFixture('page.json')) as { response: { imageURL: string; size: string }[] };
    for (const { imageURL, size } of response) {
      const { status, body } = await plainGet(api.origin + new URL(imageURL).pathname);
      const unit = size.endsWith('Mb') ? 1_048_576 : 1_024;
      expect([status, Math.round(body.length / unit)]).toEqual([200, Number(/^\d+/.exec(size)?.[0])]);
    }
  });

  test('lists the documented images as any others once one has changed', async () => {
    await start({ library: 'documented' });
    api.library.upload(1);
    const { response, pagination } = bodyOf(await call());
    expect([response.length, response[0]?.imageID, pagination['totalItems']]).toEqual([11, 1_000_011, 11]);
  });

  test('needs 26 calls for 2,537 images, and remembers each with its headers', async () => {
    await start({ library: plainImages(2_537) });
    const ids: number[] = [];
    for (let page = 1; page <= 26; page += 1) ids.push(...(await idsOf(page)));
    expect(new Set(ids).size).toBe(2_537);
    expect(api.calls()).toHaveLength(26);
    expect(api.calls()[25]).toMatchObject({ number: 26, kind: 'call', listener: 'main', method: 'GET', status: 200 });
    expect(api.calls().every(({ headers }) => headers['api-key'] === key)).toBe(true);
    expect(api.calls()[3]?.path).toBe('/a/api/v2/users/1234567/images?page=4&perPage=100');
  });

  test('changes in the midst of a walk', async () => {
    await start({ library: plainImages(300) });
    api.onCall(2, () => void api.library.upload(7));
    api.onCall(3, () => api.library.remove([1_000_001, 1_000_002]));
    const pages = [await idsOf(1), await idsOf(2), await idsOf(3)];
    expect(pages[1]?.slice(0, 7)).toEqual(pages[0]?.slice(-7));
    expect(bodyOf(await call(4)).pagination).toMatchObject({ totalItems: 305, totalPages: 4 });
  });

  test('holds fewer per page than asked for, and says so', async () => {
    await start({ library: plainImages(120), mostPerPage: 50 });
    expect(bodyOf(await call(3))).toMatchObject({ pagination: { perPage: 50, totalPages: 3, currentPage: 3 } });
    expect(await idsOf(3)).toHaveLength(20);
  });

  test('has nothing but GET', async () => {
    await start();
    expect((await fetch(`${api.origin}/a/api/v2/images`, { method: 'POST' })).status).toBe(405);
    expect(api.requests).toMatchObject([{ method: 'POST', kind: 'other', status: 405 }]);
  });
});

describe('the fake API, refusing', () => {
  test('tells a wrong key, a forbidden user, an unknown user and a wrong page apart, as documented', async () => {
    await start({ key, userIds: ['1234567', '7654321'], forbiddenUserIds: ['7654321'] });
    const answers = [
      await call(1, { withKey: 'wrong' }),
      await call(1, { user: '7654321' }),
      await call(1, { user: '42' }),
      await call(0),
    ];
    expect(answers.map(({ status }) => status)).toEqual([401, 403, 404, 400]);
    expect(answers.map(({ body }) => body.toString())).toEqual(([401, 403, 404, 400] as const).map(documentedError));
    expect((await call()).status).toBe(200);
    expect((await plainGet(`${api.origin}/a/api/v2/images`, { headers: { 'api-key': key } })).status).toBe(200);
  });

  test('lets in so many calls in any 60 seconds, and says how long to wait', async () => {
    let now = 0;
    await start({ callsPerMinute: 3, now: () => now });
    for (now of [0, 10_000, 20_000]) expect((await call()).status).toBe(200);
    now = 30_500;
    const { status, headers } = await call();
    expect([status, headers['retry-after']]).toEqual([429, '30']);
    now = 60_000;
    expect((await call()).status).toBe(200);
    expect((await call()).headers['retry-after']).toBe('10');
  });

  test('says when the allowance is used up, in words, by a number, and with the key in its URL', async () => {
    await start({ allowance: 2 });
    expect([(await call()).status, (await call()).status]).toEqual([200, 200]);
    const { status, body, headers } = await call();
    expect([status, headers['retry-after']]).toEqual([429, undefined]);
    const { error } = (JSON.parse(body.toString()) as { response: { error: { [field: string]: unknown } } }).response;
    expect(error).toMatchObject({ id: 1013, httpStatusCode: 429 });
    expect(error['message']).toMatch(/^API call limit exceeded/);
    expect(error['resourceUrl']).toContain(key);
  });
});

describe('a fault of a call', () => {
  test.each([400, 401, 403, 404, 500] as const)('%i has the documented body to the last byte', async (status) => {
    await start();
    api.faultCalls(faults.documented(status), { number: 2 });
    expect((await call()).status).toBe(200);
    const answer = await call();
    expect([answer.status, answer.body.toString()]).toEqual([status, readFixture(`error-${status}.txt`)]);
    expect((await call()).status).toBe(200);
  });

  test('comes at the calls, the pages and as often as asked for', async () => {
    await start({ library: plainImages(300) });
    api.faultCalls(faults.empty(503), { page: 3 }, 2);
    api.faultCalls(faults.empty(500), { from: 4, to: 5 });
    const statuses: number[] = [];
    for (const page of [3, 1, 3, 1, 1, 3]) statuses.push((await call(page)).status);
    expect(statuses).toEqual([503, 200, 503, 500, 500, 200]);
    api.faultCalls(faults.empty(500));
    api.clearFaults();
    expect((await call()).status).toBe(200);
  });

  test('says when to come back, in seconds or as a date', async () => {
    await start();
    api.faultCalls(faults.throttled({ seconds: 7 }), { number: 1 });
    api.faultCalls(faults.throttled({ dateInSeconds: 90 }), { number: 2 });
    api.faultCalls(faults.throttled({ text: 'soon' }), { number: 3 });
    api.faultCalls(faults.throttled(), { number: 4 });
    const before = Date.now();
    const answers = [await call(), await call(), await call(), await call()];
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 429, 429]);
    const [seconds, date, text, none] = answers.map(({ headers }) => headers['retry-after']);
    expect([seconds, text, none]).toEqual(['7', 'soon', undefined]);
    expect(Date.parse(date ?? '') - before).toBeGreaterThanOrEqual(90_000);
    expect(date).toMatch(/ GMT$/);
  });

  test.each<[string, Fault, number, RegExp]>([
    ['a gateway that failed', faults.badGateway(), 502, /^<html>/],
    ['a page to sign in', faults.loginPage(), 200, /^<!DOCTYPE html>/],
    ['nothing', faults.empty(), 200, /^$/],
    ['an allowance used up', faults.allowanceUsedUp('k'), 429, /API call limit exceeded.*apiKey=k/],
  ])('can be %s', async (_, fault, status, body) => {
    await start();
    api.faultCalls(fault);
    const answer = await call();
    expect(answer.status).toBe(status);
    expect(answer.body.toString()).toMatch(body);
  });

  test.each<[string, Fault, { status: number; share: number | null; problem: string }]>([
    ['a body cut off', faults.cutOff(0.4), { status: 200, share: 0.4, problem: 'ECONNRESET' }],
    ['a connection reset', faults.reset('no-head'), { status: 0, share: 0, problem: 'ECONNRESET' }],
    ['a connection reset in the body', faults.reset(0.4), { status: 200, share: null, problem: 'ECONNRESET' }],
    ['a body that stalls', faults.stall(0.4), { status: 200, share: 0.4, problem: 'stalled' }],
  ])('can be %s', async (_, fault, { status, share, problem }) => {
    await start({ library: plainImages(100) });
    const whole = (await call()).body;
    api.faultCalls(fault);
    const url = `${api.origin}/a/api/v2/users/1234567/images`;
    const part = Math.floor(whole.length * (share ?? 0));
    const answer = await plainGet(url, {
      headers: { 'api-key': key },
      ...(problem === 'stalled' && { enoughBytes: part }),
    });
    expect([answer.status, answer.problem]).toEqual([status, problem]);
    expect(answer.body.length).toBeLessThan(whole.length);
    if (share !== null) expect(answer.body.equals(whole.subarray(0, part))).toBe(true);
  });

  test('can be silence, and its connection ends with the server', async () => {
    await start();
    api.faultCalls(faults.stall('no-head'));
    const answer = call();
    await expect.poll(() => api.requests.length).toBe(1);
    await api.close();
    expect((await answer).problem).toBe('ECONNRESET');
    await start();
  });

  test('can be slow: the body comes whole, in pieces', async () => {
    await start({ library: plainImages(3) });
    api.faultCalls(faults.slow(300, 1));
    const answer = await call();
    expect(answer.problem).toBeNull();
    expect(bodyOf(answer).response.map(({ imageID }) => imageID)).toEqual([1_000_003, 1_000_002, 1_000_001]);
  });

  test('can be records that are none, in the places of others', async () => {
    await start({ library: plainImages(20) });
    const records = Object.fromEntries(malformedRecords.map((record, index) => [index * 2, record]));
    api.faultCalls(faults.page({ records }));
    const { response } = bodyOf(await call());
    expect(response).toHaveLength(20);
    expect(response[0]).toBeNull();
    expect(response[1]?.imageID).toBe(1_000_019);
    expect(response[12]).toEqual({ imageID: 900_001, size: '1 Kb' });
  });

  test('can be a page that says other things of itself', async () => {
    await start({ library: plainImages(20) });
    api.faultCalls(faults.page({ pagination: { perPage: 25, totalItems: '20' } }), { number: 1 });
    api.faultCalls(faults.page({ links: 'foreign', unknownFields: true }), { number: 2 });
    api.faultCalls(faults.page({ links: 'absent' }), { number: 3 });
    expect(bodyOf(await call()).pagination).toMatchObject({ perPage: 25, totalItems: '20' });
    const unknown = bodyOf(await call());
    expect(unknown.pagination['links']).toMatchObject({
      next: expect.stringMatching(/^http:\/\/images\.example\.com\//),
    });
    expect(unknown.response[0]).toMatchObject({ imageID: 1_000_020, dimensions: { width: 1 } });
    expect(bodyOf(await call()).pagination).not.toHaveProperty('links');
  });

  test('can be a redirect to another host, which would see the key', async () => {
    await start();
    api.faultCalls(faults.redirectToOtherHost());
    const { status, headers } = await call();
    expect([status, new URL(headers.location ?? '').origin]).toEqual([302, api.otherOrigin]);
    await plainGet(headers.location ?? '', { headers: { 'api-key': key } });
    expect(api.requests.map(({ listener, kind }) => [listener, kind])).toEqual([
      ['main', 'call'],
      ['other', 'call'],
    ]);
    expect(api.calls()).toHaveLength(1);
  });
});

import { crc32 } from 'node:zlib';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createImageCheck } from '../../../main/domain/image-check/image-check.ts';
import { nameImage } from '../../../main/domain/files/names.ts';
import {
  drawnFile,
  fakeImage,
  fileOf,
  namedImages,
  plainImages,
  sampleImages,
} from '../../support/fake-api/fake-image.ts';
import { startFakeApi, type FakeApi } from '../../support/fake-api/fake-api.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { plainGet, type PlainAnswer, type PlainRequest } from '../../support/fake-api/plain-client.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';

const id = 1_000_002;
const path = `/qp_userimages/sub-3/1234567/image-${id}.png`;
const whole = tinyPicture(`image-${id}.png`, 4_000);
let api: FakeApi;

beforeEach(async () => {
  api = await startFakeApi({ library: plainImages(3, { bytes: 4_000 }) });
});
afterEach(() => api.close());

const fetchFile = (request: PlainRequest = {}): Promise<PlainAnswer> => plainGet(api.origin + path, request);

function isWhole(bytes: Buffer): boolean {
  const check = createImageCheck(crc32);
  check.push(bytes);
  return check.finish().whole;
}

describe('a file of the fake API', () => {
  test('is a whole picture, and is remembered as asked for', async () => {
    const { status, headers, body, problem } = await fetchFile({ headers: { range: 'bytes=0-' } });
    expect([status, problem, body.equals(whole), isWhole(body)]).toEqual([206, null, true, true]);
    expect(headers).toMatchObject({ 'content-length': '4000', 'content-type': 'image/png', 'accept-ranges': 'bytes' });
    expect(api.fileRequests(id)).toMatchObject([{ id, number: 1, path, status: 206, headers: { range: 'bytes=0-' } }]);
    expect(api.fileRequests(1_000_001)).toEqual([]);
  });

  test('has bytes of its own, whatever its name', async () => {
    const segments = [
      '..%2f..%2fetc%2fpasswd',
      'CON.png',
      'a%20b.png',
      'caf%C3%A9.png',
      'cafe%CC%81.png',
      'x%00y.png',
      'bad%escape',
      'IMG.JPG',
      'img.jpg',
      'q.png?v=2',
      `${'long'.repeat(75)}.png`,
      'a\u202Egnp.exe',
      'plain',
    ];
    api.library.set(namedImages(segments));
    const listed = JSON.parse((await plainGet(`${api.origin}/a/api/v2/images`)).body.toString()) as {
      response: { imageURL: string }[];
    };
    const answers = await Promise.all(listed.response.map(({ imageURL }) => plainGet(imageURL)));
    expect(answers.map(({ status }) => status)).toEqual(segments.map(() => 200));
    const hashes = answers.map(({ body }) => createHash('sha256').update(body).digest('hex'));
    expect(new Set(hashes).size).toBe(segments.length);
    expect(listed.response.map(({ imageURL }) => nameImage(imageURL).name).slice(0, 3)).toEqual([
      '../../etc/passwd',
      'CON.png',
      'a b.png',
    ]);
  });

  test('may lie beside another of its name in another folder', async () => {
    const image = (place: number, folder: string) => {
      const file = fileOf(folder, tinyPicture(folder));
      return fakeImage({ id: place, segment: 'same.png', file, size: '1 Kb' }, folder);
    };
    api.library.set([image(2, 'sub-3'), image(1, 'sub-12')]);
    const bodies = await Promise.all(
      api.library.images().map(async (one) => (await plainGet(api.origin + one.path)).body),
    );
    expect(bodies[0]?.equals(bodies[1] ?? Buffer.alloc(0))).toBe(false);
  });

  test('can be 30 MB, or a PNG that is called JPEG, and still be whole', async () => {
    const bytes = 30 * 1_048_576;
    api.library.set([
      fakeImage({ id: 2, segment: 'large.jpg', file: drawnFile('large.jpg', 'jpeg', bytes), size: '30 Mb' }),
      fakeImage({ id: 1, segment: 'liar.jpg', file: drawnFile('liar.jpg', 'png', 20_000), size: '20 Kb' }),
    ]);
    const [large, liar] = await Promise.all(api.library.images().map((image) => plainGet(api.origin + image.path)));
    expect([large?.body.length, isWhole(large?.body ?? Buffer.alloc(0))]).toEqual([bytes, true]);
    expect([liar?.headers['content-type'], liar?.body.toString('latin1', 1, 4)]).toEqual(['image/jpeg', 'PNG']);
  });

  test('can be one of the sample library, under its name', async () => {
    api.library.set(sampleImages(40, 6));
    for (const image of api.library.images().slice(0, 8)) {
      expect((await plainGet(api.origin + image.path)).status).toBe(200);
    }
  });
});

describe('a fault of a file', () => {
  test('can be another answer', async () => {
    const given = [
      faults.missing(),
      faults.loginPage(),
      faults.status(200, '', 'image/png'),
      faults.busy(429, { seconds: 1 }),
      faults.busy(503),
    ];
    given.forEach((fault, index) => api.faultFiles(fault, { id, number: index + 1 }));
    const answers: PlainAnswer[] = [];
    for (const _ of given) answers.push(await fetchFile());
    expect(answers.map(({ status }) => status)).toEqual([404, 200, 200, 429, 503]);
    expect(answers.map(({ body }) => body.length > 0)).toEqual([true, true, false, false, false]);
    expect([answers[0]?.headers['content-type'], answers[3]?.headers['retry-after']]).toEqual([
      'text/html; charset=utf-8',
      '1',
    ]);
    expect((await fetchFile()).body.equals(whole)).toBe(true);
  });

  test('hits the one image that is named, as often as asked for', async () => {
    api.faultFiles(faults.missing(), { path: `image-${id}` }, 1);
    expect((await plainGet(api.origin + path.replace(String(id), '1000001'))).status).toBe(200);
    expect([(await fetchFile()).status, (await fetchFile()).status]).toEqual([404, 200]);
  });

  test('can be the end of the connection, for good or once', async () => {
    api.faultFiles(faults.cutOff(0.5), { id }, 2);
    for (const _ of [1, 2]) {
      const { status, headers, body, problem } = await fetchFile();
      expect([status, headers['content-length'], problem]).toEqual([200, '4000', 'ECONNRESET']);
      expect(body.equals(whole.subarray(0, 2_000))).toBe(true);
    }
    const rest = await fetchFile({ headers: { range: 'bytes=2000-' } });
    expect([rest.status, rest.body.equals(whole.subarray(2_000))]).toEqual([206, true]);
  });

  test('can be a reset or a stall', async () => {
    api.faultFiles(faults.reset(0.5), { id }, 1);
    api.faultFiles(faults.stall(0.5), { id, number: 2 });
    expect((await fetchFile()).problem).toBe('ECONNRESET');
    const stalled = await fetchFile({ enoughBytes: 2_000 });
    expect([stalled.problem, stalled.body.length]).toEqual(['stalled', 2_000]);
    expect((await fetchFile()).problem).toBeNull();
  });

  test('can be a body of another form', async () => {
    const forms = [faults.chunked(), faults.gzip(), faults.gzipChunked(), faults.untilClose()];
    forms.forEach((fault, index) => api.faultFiles(fault, { id, number: index + 1 }));
    const [chunked, gzip, gzipChunked, untilClose] = [
      await fetchFile(),
      await fetchFile(),
      await fetchFile(),
      await fetchFile(),
    ];
    expect([chunked.headers['content-length'], chunked.headers['transfer-encoding']]).toEqual([undefined, 'chunked']);
    expect([untilClose.headers['content-length'], untilClose.headers['transfer-encoding']]).toEqual([
      undefined,
      undefined,
    ]);
    expect(gzip.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-length': String(gzip.body.length) });
    expect(gzipChunked.headers['transfer-encoding']).toBe('chunked');
    const bodies = [chunked.body, gunzipSync(gzip.body), gunzipSync(gzipChunked.body), untilClose.body];
    expect(bodies.map((body) => body.equals(whole))).toEqual([true, true, true, true]);
  });

  test('can be chunks without an end', async () => {
    api.faultFiles(faults.chunked(), { id });
    api.faultFiles(faults.cutOff(0.5), { id });
    const { status, headers, body, problem } = await fetchFile();
    expect([status, headers['transfer-encoding'], body.length]).toEqual([200, 'chunked', 2_000]);
    expect(problem).toBe('ECONNRESET');
  });

  test('can be a length that is not true', async () => {
    api.faultFiles(faults.saysLength(5_000), { id, number: 1 });
    api.faultFiles(faults.saysLength(3_000), { id, number: 2 });
    const long = await fetchFile();
    expect([long.headers['content-length'], long.body.length, long.problem]).toEqual(['5000', 4_000, 'ECONNRESET']);
    // A client takes bytes beyond the length as the next response, so this reads the raw bytes.
    const socket = connect(Number(new URL(api.origin).port), '127.0.0.1');
    socket.write(`GET ${path} HTTP/1.1\r\nHost: fake\r\n\r\n`);
    const sent = await buffer(socket);
    expect(sent.toString('latin1')).toMatch(/\r\ncontent-length: 3000\r\n/i);
    expect(sent.subarray(-4_000).equals(whole)).toBe(true);
  });

  test('can be no Range, no validators, or a trickle, all at once', async () => {
    api.faultFiles(faults.noRange(), { id });
    api.faultFiles(faults.noValidators(), { id });
    api.faultFiles(faults.slow(1_000, 1), { id });
    const { status, headers, body } = await fetchFile({ headers: { range: 'bytes=100-' } });
    expect([status, body.equals(whole)]).toEqual([200, true]);
    expect(headers).not.toHaveProperty('etag');
    expect(headers).not.toHaveProperty('last-modified');
    expect(headers).not.toHaveProperty('accept-ranges');
  });

  test('can be another file from the second attempt on', async () => {
    const changed = tinyPicture('changed', 5_000);
    api.faultFiles(faults.cutOff(0.5), { id }, 1);
    api.changeFileAfter(id, 1, fileOf('changed.png', changed, 2));
    const first = await fetchFile();
    const ifRange = first.headers.etag ?? '';
    const second = await fetchFile({ headers: { range: 'bytes=2000-', 'if-range': ifRange } });
    expect([second.status, second.body.equals(changed)]).toEqual([200, true]);
    expect(second.headers.etag).not.toBe(ifRange);
    api.faultFiles(faults.ignoresIfRange(), { id });
    const third = await fetchFile({ headers: { range: 'bytes=2000-', 'if-range': ifRange } });
    expect([third.status, third.headers['content-range']]).toEqual([206, 'bytes 2000-4999/5000']);
  });

  test('can be a redirect: to another host, to itself, to a file, or one after the other', async () => {
    const given = [
      faults.redirectToOtherHost(),
      faults.redirectLoop(),
      faults.redirectToFile(),
      faults.redirect('http://x.example/'),
    ];
    given.forEach((fault, index) => api.faultFiles(fault, { id, number: index + 1 }));
    const places: (string | undefined)[] = [];
    for (const _ of given) places.push((await fetchFile()).headers.location);
    expect(places).toEqual([api.otherOrigin + path, api.origin + path, 'file:///etc/hostname', 'http://x.example/']);
    const elsewhere = await plainGet(api.otherOrigin + path);
    expect([elsewhere.status, elsewhere.body.equals(whole)]).toEqual([200, true]);
    expect(api.fileRequests(id).at(-1)?.listener).toBe('other');
  });

  test.each([1, 5, 6])('can be %i redirects and then the file', async (hops) => {
    api.faultFiles(faults.redirectHops(hops), { id });
    let answer = await fetchFile();
    let followed = 0;
    while (answer.status === 302) {
      followed += 1;
      answer = await plainGet(new URL(answer.headers.location ?? '', api.origin).href);
    }
    expect([followed, answer.body.equals(whole)]).toEqual([hops, true]);
  });
});

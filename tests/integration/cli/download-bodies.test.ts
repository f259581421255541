import { statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { drawnFile, fakeImage, fileOf, type FakeFile, type FakeImage } from '../../support/fake-api/fake-image.ts';
import type { Fault } from '../../support/fake-api/fault.ts';
import { faults } from '../../support/fake-api/faults.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';
import { doneOf, filesIn, hashesOf, openLibrary, watchFolder } from './download-support.ts';
import { key, searchRows } from './support.ts';

const largeBytes = 30 * 1024 * 1024;
const middleBytes = 3 * 1024 * 1024;

type Case = {
  /** The file's name, without the extension. */
  readonly name: string;
  readonly fault?: Fault;
  /** The number of faulty requests; all by default. */
  readonly times?: number;
  /** The code and message of the `failed` event; done if undefined. */
  readonly fails?: readonly [code: string, words: RegExp];
  readonly file?: FakeFile;
  /** The file from the second request on. */
  readonly then?: FakeFile;
};

const jpegWithoutEnd = drawnFile('no-end.jpg', 'jpeg', 20_000);

const cases: readonly Case[] = [
  { name: 'missing', fault: faults.missing(), fails: ['not-found', /has no such file any more/] },
  { name: 'forbidden', fault: faults.status(403), fails: ['refused', /does not let this file be read/] },
  { name: 'empty', fault: faults.empty(), fails: ['empty', /empty/] },
  { name: 'web-page', fault: faults.loginPage(), fails: ['web-page', /web page/] },
  { name: 'cut-off', fault: faults.cutOff(), fails: ['connection-lost', /broke off/] },
  { name: 'shorter', fault: faults.saysLength(5000), fails: ['connection-lost', /broke off/] },
  {
    name: 'cut-off-chunked',
    fault: { ...faults.chunked(), ...faults.cutOff() },
    fails: ['connection-lost', /broke off/],
  },
  {
    name: 'cut-off-gzip',
    fault: { ...faults.gzipChunked(), ...faults.cutOff() },
    fails: ['connection-lost', /broke off/],
  },
  { name: 'cut-off-close', fault: { ...faults.untilClose(), ...faults.cutOff() }, fails: ['cut-off', /./] },
  {
    name: 'half-on-the-server',
    file: fileOf('half.png', tinyPicture('half', 4000).subarray(0, 3000)),
    fails: ['cut-off', /./],
  },
  {
    name: 'no-end',
    file: { ...jpegWithoutEnd, make: async () => (await jpegWithoutEnd.make()).subarray(0, -2) },
    fails: ['cut-off', /./],
  },
  { name: 'a-text', file: fileOf('a.png', Buffer.from('no picture at all')), fails: ['not-a-picture', /picture/] },
  { name: 'loop', fault: faults.redirectLoop(), fails: ['redirect-loop', /redirects more than 5 times/] },
  { name: 'to-file', fault: faults.redirectToFile(), fails: ['not-permitted', /"file:"/] },
  { name: 'to-private', fault: faults.redirect('http://10.11.12.13/a.png'), fails: ['not-permitted', /private/] },
  { name: 'to-password', fault: faults.redirect('http://a:b@127.0.0.1/'), fails: ['not-permitted', /password/] },
  { name: 'sound' },
  { name: 'chunked', fault: faults.chunked() },
  { name: 'gzip', fault: faults.gzip() },
  { name: 'gzip-chunked', fault: faults.gzipChunked() },
  { name: 'until-close', fault: faults.untilClose() },
  { name: 'other-host', fault: faults.redirectToOtherHost() },
  { name: 'hops', fault: faults.redirectHops(5) },
  { name: 'reset-once', fault: faults.reset(), times: 1, file: drawnFile('reset.png', 'png', middleBytes) },
  { name: 'stall-once', fault: faults.stall(), times: 1, file: drawnFile('stall.png', 'png', middleBytes) },
  { name: 'stall-at-once', fault: faults.stall('no-head'), times: 1 },
  { name: 'throttled-once', fault: faults.busy(429, { seconds: 1 }), times: 1 },
  { name: 'busy-once', fault: faults.busy(503), times: 1 },
  {
    name: 'no-range',
    fault: { ...faults.noRange(), ...faults.cutOff() },
    times: 1,
    file: drawnFile('no-range.png', 'png', middleBytes),
  },
  {
    name: 'changed',
    fault: faults.cutOff(),
    times: 1,
    file: drawnFile('changed.png', 'png', middleBytes),
    then: drawnFile('changed.png', 'png', middleBytes + 999, 2),
  },
  {
    name: 'changed-unseen',
    fault: { ...faults.cutOff(), ...faults.ignoresIfRange() },
    times: 1,
    file: drawnFile('changed-unseen.png', 'png', middleBytes),
    then: drawnFile('changed-unseen.png', 'png', middleBytes, 2),
  },
  { name: 'large', fault: faults.reset(0.7), times: 1, file: drawnFile('large.png', 'png', largeBytes) },
  { name: 'really-a-png', file: fileOf('really-a-png.jpg', tinyPicture('png')) },
];

function toImage({ name, file }: Case, index: number): FakeImage {
  const ext = name === 'really-a-png' || name === 'no-end' ? 'jpg' : 'png';
  const segment = `${name}.${ext}`;
  const sound = fileOf(segment, tinyPicture(name, 2000 + index));
  return fakeImage({ id: 1_000_001 + index, segment, file: file ?? sound, size: '2 Kb' });
}

test('every kind of body ends as it should, and only whole pictures ever have a final name', async () => {
  const images = cases.map(toImage);
  const { api, cli } = await openLibrary(images);
  for (const [index, { fault, times, then }] of cases.entries()) {
    const id = 1_000_001 + index;
    if (fault !== undefined) api.faultFiles(fault, { id }, times);
    if (then !== undefined) api.changeFileAfter(id, 1, then);
  }
  const wanted = images.map((image, index) => ({ ...image, file: cases[index]?.then ?? image.file }));
  const whole = wanted.filter((_, index) => cases[index]?.fails === undefined);
  const hashes = await hashesOf(whole);
  const to = join(cli.home, 'out');
  const watch = watchFolder(to, new Set(hashes));

  const { code, events } = await cli.events(['download', '*', '--to', to, '--template', '{name}.{ext}']);

  expect(watch.end()).toEqual([]);
  expect(code).toBe(4);
  const failing = cases.flatMap(({ name, fails }, index) => {
    const { id, path } = images[index] ?? {};
    return fails === undefined ? [] : [{ name, id, file: path?.split('/').at(-1), code: fails[0], words: fails[1] }];
  });
  const failed = events.filter(({ event }) => event === 'failed');
  const told = failed.map(({ id, name, code: reason }) => ({ id, file: name, code: reason }));
  expect(sortedById(told)).toEqual(failing.map(({ id, file, code: reason }) => ({ id, file, code: reason })));
  for (const { id, words } of failing) {
    const message = failed.find((one) => one['id'] === id)?.['message'];
    expect(message).toMatch(words);
    expect(message).toMatch(/^[A-Z0-9].*\.$/s);
  }
  const counts = { planned: cases.length, done: whole.length, skipped: 0, failed: failing.length, cancelled: 0 };
  const bytes = wanted.reduce((sum, _, index) => sum + sizeOf(to, wanted[index]), 0);
  expect(doneOf(events)).toEqual({ event: 'done', batch: 1, ...counts, bytes });
  const names = whole.map(({ path }) => path.split('/').at(-1) ?? '');
  const isPart = ([name]: readonly [string, string]) => name.endsWith('.part');
  const files = Object.entries(filesIn(to));
  expect(Object.fromEntries(files.filter((file) => !isPart(file)))).toEqual(
    Object.fromEntries(names.map((name, index) => [name, hashes[index]])),
  );
  // Interrupted files keep their part for a retry, as the server sends a validator; one with a false length need not.
  const parts = files.filter(isPart).map(([name]) => name.replace(/\..*/, ''));
  expect(parts.filter((name) => name !== 'shorter')).toEqual(['cut-off-chunked', 'cut-off']);

  const requests = (name: string) => api.fileRequests(1_000_001 + cases.findIndex((one) => one.name === name));
  for (const name of ['missing', 'forbidden', 'to-file', 'to-private', 'to-password']) {
    expect(requests(name), name).toHaveLength(1);
  }
  for (const name of ['empty', 'web-page']) expect(requests(name), name).toHaveLength(5);
  // Attempts that receive data don't count.
  expect(requests('cut-off').length).toBeGreaterThan(5);
  expect(requests('large').map(({ status }) => status)).toEqual([200, 206]);
  expect(requests('stall-once').map(({ status }) => status)).toEqual([200, 206]);
  for (const { headers } of api.fileRequests()) {
    expect(headers).not.toHaveProperty('api-key');
    expect(JSON.stringify(headers)).not.toContain(key);
  }

  const rows = await searchRows(cli, 'is:broken');
  expect(rows.map(({ id }) => id).sort()).toEqual(failing.map(({ id }) => id).sort());
  const [png] = await searchRows(cli, 'name:really-a-png.jpg');
  expect(png).toMatchObject({ type: 'png', ext: 'jpg', downloaded: join(to, 'really-a-png.jpg') });
  expect(statSync(join(to, 'sound.png')).mtimeMs).toBe(images[16]?.file.modifiedMs);
});

function sizeOf(folder: string, image: FakeImage | undefined): number {
  return statSync(join(folder, image?.path.split('/').at(-1) ?? ''), { throwIfNoEntry: false })?.size ?? 0;
}

function sortedById<T extends { readonly id: unknown }>(rows: readonly T[]): T[] {
  return rows.toSorted((left, right) => Number(left.id) - Number(right.id));
}

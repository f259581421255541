import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { createCli } from '../../support/cli.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';
import { spellings } from '../../unit/remote/spellings.ts';
import { send, serve, stopAll } from '../remote/support.ts';
import { addAccount, key, withKey } from './support.ts';

afterEach(stopAll);

const forms = [key, ...Object.values(spellings(key))];
const holdsKey = (text: string) => forms.some((form) => text.includes(form));

/**
 * Starts a server that lists one good image, and one for each spelling of the key in a URL, and serves all of them. API
 * calls aren't answered while `isSilent`.
 */
async function serveListing() {
  const listing = { isSilent: false, calls: 0 };
  const server = await serve((request, response) => {
    const url = new URL(request.url ?? '', 'http://x');
    if (!url.pathname.endsWith('/images')) return send(response, 200, tinyPicture('a.png'));
    listing.calls += 1;
    if (listing.isSilent) return;
    const addresses = ['good.png', ...forms.map((form) => `${form}.png`), ...forms.map((form) => `a.png?k=${form}`)];
    const records = addresses.map((address, index) => ({
      imageID: 1000 - index,
      imageURL: `${server.origin}/sub-1/1/${address}`,
      size: '1 Kb',
    }));
    const pagination = { totalItems: records.length + 1, perPage: 100, currentPage: 1 };
    const isFirst = url.searchParams.get('page') === '1';
    const all = isFirst ? [...records, { note: forms.join(' ') }] : [];
    send(response, 200, JSON.stringify({ response: all, pagination }));
  });
  return { server, listing };
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test('a key in a listing, however it is written, is neither asked for, stored, named, exported nor left by a crash', async () => {
  const { server, listing } = await serveListing();
  const cli = createCli();
  await addAccount(cli, server.origin);
  const { events } = await cli.events(['sync'], withKey);
  expect(events.at(-1)).toMatchObject({ event: 'done', added: 1, malformed: 2 * forms.length + 1 });

  const to = join(cli.home, 'saved');
  const downloaded = await cli.run(['download', '*', '--to', to], withKey);
  expect(downloaded.code, downloaded.err).toBe(0);
  for (const format of ['csv', 'json']) {
    const { out } = await cli.run(['export', '--format', format]);
    expect(out).toContain('good.png');
    expect(holdsKey(out)).toBe(false);
  }

  // The second walk waits for an answer that never arrives, and is killed.
  listing.isSilent = true;
  const before = listing.calls;
  const { child, ended } = cli.start(['sync', '--full'], withKey);
  await expect.poll(() => listing.calls, { timeout: 60_000 }).toBe(before + 1);
  child.kill('SIGKILL');
  const { out, err } = await ended;
  expect(holdsKey(out + err)).toBe(false);

  expect(server.seen.filter(({ url }) => holdsKey(url) || holdsKey(decodeURIComponent(url)))).toEqual([]);
  const files = filesBelow(cli.home);
  expect(files.map((file) => basename(file))).toEqual(expect.arrayContaining(['catalogue.sqlite', 'library.sqlite']));
  expect(files.filter((file) => holdsKey(file) || holdsKey(readFileSync(file, 'latin1')))).toEqual([]);
});

import { readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { fakeImage, fileOf, namedImages } from '../../support/fake-api/fake-image.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';
import { refusalOf } from '../../unit/plan/portability.ts';
import { doneOf, filesIn, hashesOf, namesIn, openLibrary } from './download-support.ts';

const inSub3 = [
  '..%2f..%2fetc%2fpasswd',
  '..%5c..%5cwindows.png',
  'CON.png',
  'com1.tar.png',
  'a%20b.png',
  'a%2520b.png',
  'caf%C3%A9.png',
  'cafe%CC%81.png',
  `${'n'.repeat(300)}.png`,
  `${'%C3%BC'.repeat(300)}.png`,
  'photo%E2%80%AEgpj.png',
  'nul%00byte.png',
  'bad%escape.png',
  '100%25%.png',
  'asked.png?v=2&x=../../y.png',
  'IMG.JPG',
  'img.jpg',
  'Stra%C3%9Fe.png',
  'STRASSE.png',
  'same.png',
  'no-extension',
  'trailing.%20.',
  '%20lead.png',
  'a%3Cb%3E%3A%22%7C%3F%2A.png',
  '%F0%9F%98%80.png',
  'SHA256SUMS',
];
const inSub4 = fakeImage(
  { id: 2_000_000, segment: 'same.png', file: fileOf('same.png', tinyPicture('the other')), size: '1 Kb' },
  'sub-4',
);
const images = [inSub4, ...namedImages(inSub3)];

type PlanItem = { readonly id: number; readonly path: string; readonly action: string; readonly reason: string };
type Plan = { readonly files: number; readonly items: readonly PlanItem[] };
type ManifestRow = {
  readonly id: number;
  readonly path: string;
  readonly sha256: string;
  readonly note: string | null;
};

/** Normalizes a path like a system that ignores case and the form of accents. */
function folded(path: string): string {
  return path.normalize('NFD').toLowerCase().replaceAll('ß', 'ss');
}

test.each([
  ['one folder for all', '{name}.{ext}'],
  ['the usual template', undefined],
])('every name gets its own file inside the destination, in %s', async (_, template) => {
  const { api, cli } = await openLibrary(images, { account: 'CON: a/b' });
  const to = join(cli.home, 'out', 'pictures');
  const order = ['*', '--to', to, ...(template === undefined ? [] : ['--template', template])];
  const before = readdirSync(cli.home);

  const plan = (await cli.json(['plan', ...order])) as Plan;
  expect(plan.files).toBe(images.length);
  expect(namesIn(to)).toEqual([]);

  const first = await cli.events(['download', ...order, '--manifest']);
  expect(first.code).toBe(0);
  expect(doneOf(first.events)).toMatchObject({ planned: images.length, done: images.length, failed: 0 });
  expect(readdirSync(cli.home).filter((name) => !before.includes(name))).toEqual(['out']);
  expect(readdirSync(dirname(to))).toEqual(['pictures']);

  const manifests = ['SHA256SUMS', 'manifest.csv', 'manifest.json'];
  const files = filesIn(to);
  const pictures = Object.entries(files).filter(([name]) => !manifests.includes(name));
  expect(pictures.map(([, hash]) => hash).sort()).toEqual((await hashesOf(images)).sort());
  expect(new Set(pictures.map(([name]) => folded(name))).size).toBe(images.length);
  const refused = pictures.flatMap(([name]) =>
    name.split('/').flatMap((part) => {
      const refusal = refusalOf(part);
      return refusal === undefined ? [] : [`${part}: ${refusal}`];
    }),
  );
  expect(refused).toEqual([]);

  const rows = JSON.parse(readFileSync(join(to, 'manifest.json'), 'utf8')) as ManifestRow[];
  expect(rows.map(({ id }) => id).sort()).toEqual(images.map(({ id }) => id).sort());
  for (const { id, path, sha256, note } of rows) {
    const item = plan.items.find((one) => one.id === id);
    expect(files[path]).toBe(sha256);
    expect(item?.path).toBe(join(to, path));
    const wasMoved = item?.reason === 'same-name' || item?.reason === 'portable-name' || item?.reason === 'kept-beside';
    expect(item?.action).toBe(wasMoved ? 'rename' : 'fetch');
    if (wasMoved) expect(note).not.toBeNull();
  }
  expect(rows.filter(({ path }) => / \(1\)(\.\w+)?$/.test(basename(path))).length).toBe(template === undefined ? 3 : 5);

  const asked = api.fileRequests().length;
  const second = await cli.events(['download', ...order, '--manifest']);
  expect(second.code).toBe(0);
  expect(doneOf(second.events)).toMatchObject({ planned: images.length, done: 0, skipped: images.length });
  expect(api.fileRequests()).toHaveLength(asked);
  expect(filesIn(to)).toEqual(files);
});

test('a name from the API can’t reach the terminal as it is', async () => {
  const { api, cli } = await openLibrary(namedImages(['%1B%5D0;owned%07%1B%5B2J%E2%80%AEgnp.png']));
  api.faultFiles({ answer: { status: 404 } });
  const { code, out, err } = await cli.run(['download', '*', '--to', 'out']);
  expect(code).toBe(4);
  expect(err).toContain('owned');
  expect(`${out}${err}`.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202a-\u202e]/u);
});

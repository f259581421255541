import { once } from 'node:events';
import { lstatSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ok } from '../../main/domain/result.ts';
import { createExportService, type ExportDeps } from '../../main/features/exports/export-service.ts';
import { catalogueImage } from '../support/catalogue-images.ts';
import { testNeeding } from '../support/lawful-skip.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const everything = { query: '', selection: null };
const urls = { format: 'urls' } as const;

function createExports(imagesOf: ExportDeps['imagesOf'] = async () => ok(oneImage)) {
  return createExportService({ imagesOf, diskFailure: () => undefined });
}

const oneImage = {
  length: 1,
  async *pieces() {
    yield [catalogueImage({ id: 1, name: '1.png' })];
  },
};

testNeeding('linux', 'what is no regular file is refused, and stays what it is', async () => {
  const folder = temporaryFolder();
  const pipe = join(folder, 'pipe');
  const server = createServer().listen(pipe);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  const device = join(folder, 'device');
  symlinkSync('/dev/null', device);
  for (const file of [pipe, device]) {
    const written = await createExports().write(everything, urls, file);
    expect(written).toMatchObject({ ok: false, error: { code: 'not-writable' } });
  }
  expect(lstatSync(pipe).isSocket()).toBe(true);
  expect(lstatSync(device).isSymbolicLink()).toBe(true);
  expect(readdirSync(folder)).toEqual(['device', 'pipe']);
});

test('a link stays one, and the file that it leads to is written', async () => {
  const folder = temporaryFolder();
  const [file, link] = [join(folder, 'list.txt'), join(folder, 'link')];
  writeFileSync(file, 'before');
  symlinkSync(file, link);
  expect(await createExports().write(everything, urls, link)).toMatchObject({ ok: true });
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(file, 'utf8')).toMatch(/^https:.*1\.png\n$/);
});

test('a file that is being written is not begun a second time', async () => {
  const file = join(temporaryFolder(), 'list.txt');
  const gate = Promise.withResolvers<undefined>();
  const service = createExports(async () => {
    await gate.promise;
    return ok(oneImage);
  });
  const first = service.write(everything, urls, file);
  expect(await service.write(everything, urls, file)).toMatchObject({ ok: false, error: { code: 'busy' } });
  gate.resolve(undefined);
  expect(await first).toMatchObject({ ok: true });
  expect(await service.write(everything, urls, file)).toMatchObject({ ok: true });
});

test('closing ends what is being written, and nothing of it is left', async () => {
  const folder = temporaryFolder();
  const begun = Promise.withResolvers<undefined>();
  const endless = {
    length: 1,
    async *pieces() {
      for (;;) {
        yield [catalogueImage({ id: 1, name: '1.png' })];
        begun.resolve(undefined);
        await new Promise((resolve) => setImmediate(resolve));
      }
    },
  };
  const service = createExports(async () => ok(endless));
  const written = service.write(everything, urls, join(folder, 'list.txt'));
  await begun.promise;
  expect(readdirSync(folder)).toHaveLength(1);
  await service.close();
  expect(readdirSync(folder)).toEqual([]);
  expect(await written).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

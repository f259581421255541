import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { openBench, listingsOf } from './bench-test.ts';
import type { DriverSettings } from './kill-driver.ts';
import { openWorkbench } from './workbench.ts';

const driver = fileURLToPath(new URL('kill-driver.ts', import.meta.url));
const count = 20_000;
/** Enough for the code, the plan and the transfers in flight, but not for all rows or events as well. */
const heapMegabytes = 64;

it('20,000 files need no more memory than their plan', async () => {
  const bench = await openBench([]);
  const images = plainImages(count, { bytes: 300 });
  bench.api.library.set(images);
  const home = join(bench.home, 'large');
  const { origin } = bench.api;
  const filling = openWorkbench({ home, origin });
  filling.list(listingsOf(bench.api, images));
  await filling.close();

  const settings: DriverSettings = { home, origin, order: bench.order({ template: '{folder}/{name}.{ext}' }) };
  const limit = `--max-old-space-size=${String(heapMegabytes)}`;
  const { stdout } = await promisify(execFile)(process.execPath, [limit, driver, JSON.stringify(settings)]);
  const [, ended] = stdout.trim().split('\n');
  expect(JSON.parse(ended ?? '')).toMatchObject({
    ok: true,
    value: { failure: null, batch: { state: 'finished', planned: count, done: count, bytes: count * 300 } },
  });
  expect(readdirSync(join(bench.destination, 'sub-3'))).toHaveLength(count);
}, 400_000);

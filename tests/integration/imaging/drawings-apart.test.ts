import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { createDrawingsApart } from '../../../main/composition/image-helpers/separate-svgs.ts';
import { startImageProcess } from '../../../main/composition/image-helpers/image-process.ts';
import { createImageProcesses } from '../../../main/composition/image-helpers/image-processes.ts';
import { createSharpThumbnailer } from '../../../main/adapters/imaging/sharp-thumbnailer.ts';
import type { StartHelper } from '../../../main/ports/helper.ts';
import { startInNode } from '../../../main/adapters/helpers/start-in-node.ts';
import { must } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Creates a thumbnailer, and counts the processes that it started and those that have ended. */
function openStand(timeoutMs?: number, mostMemoryBytes?: number) {
  const helpers = { started: 0, ended: 0 };
  const start: StartHelper = (script, environment) => {
    const helper = startInNode(script, environment);
    helpers.started += 1;
    helper.ended(() => (helpers.ended += 1));
    return helper;
  };
  const pictures = createSharpThumbnailer(() => import('sharp'));
  const limit = {
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
    ...(mostMemoryBytes === undefined ? {} : { mostMemoryBytes }),
  };
  const { begin, end } = createImageProcesses(start, {});
  const { make } = createDrawingsApart({ pictures, begin, ...limit });
  return { helpers, end, make };
}

function drawing(inside: string): string {
  const path = join(temporaryFolder(), 'drawing.svg');
  writeFileSync(path, `<svg xmlns="http://www.w3.org/2000/svg" width="1000" height="1000">${inside}</svg>`);
  return path;
}

const blur = '<feTurbulence numOctaves="60"/><feMorphology operator="dilate" radius="300"/>'.repeat(20);
/** A short SVG that takes hours to render. */
const endless = `<filter id="f" x="-500%" y="-500%" width="1100%" height="1100%">${blur}</filter>${'<rect width="1000" height="1000" filter="url(#f)"/>'.repeat(20)}`;

describe('drawings', () => {
  it('are made small by one process after another picture, and other pictures by none', async () => {
    const { make, helpers, end } = openStand();
    const png = join(temporaryFolder(), 'a.png');
    await sharp({ create: { width: 300, height: 300, channels: 3, background: 'red' } }).toFile(png);
    must(await make(png, 64));
    expect(helpers.started).toBe(0);
    for (const width of [200, 1000]) {
      const small = must(await make(drawing(`<rect width="${width}" height="1000"/>`), 64));
      expect(await sharp(small).metadata()).toMatchObject({ format: 'webp', width: 64, height: 64 });
    }
    expect(await make(drawing('<g>'), 64)).toMatchObject({ ok: false, error: { code: 'damaged' } });
    expect(await make(join(temporaryFolder(), 'gone.svg'), 64)).toMatchObject({ error: { code: 'missing' } });
    expect(helpers).toEqual({ started: 1, ended: 0 });
    end();
    await expect.poll(() => helpers.ended).toBe(1);
  });

  it('that take too long are given up, and their process ends', async () => {
    const { make, helpers } = openStand(2_000);
    expect(await make(drawing(endless), 256)).toMatchObject({ ok: false, error: { code: 'too-slow' } });
    await expect.poll(() => helpers, { timeout: 10_000 }).toEqual({ started: 1, ended: 1 });
  });

  it('that take too much memory are given up, and their process ends', async () => {
    const { make, helpers } = openStand(undefined, 300 * 1024 * 1024);
    const side = { width: 6_000, height: 6_000 };
    const bytes = await sharp({ create: { ...side, channels: 3, background: 'red' } })
      .png({ compressionLevel: 1 })
      .toBuffer();
    const image = `<image width="1000" height="1000" href="data:image/png;base64,${bytes.toString('base64')}"/>`;
    expect(await make(drawing(image.repeat(6)), 256)).toMatchObject({
      ok: false,
      error: { code: 'too-large', message: expect.stringContaining('memory') as string },
    });
    await expect.poll(() => helpers, { timeout: 10_000 }).toEqual({ started: 1, ended: 1 });
    must(await make(drawing('<rect width="200" height="1000"/>'), 64));
    expect(helpers.started).toBe(2);
  });

  it('that nobody wants any more stop at once', async () => {
    const { make, helpers } = openStand(60_000);
    const stopping = new AbortController();
    const making = make(drawing(endless), 256, stopping.signal);
    await expect.poll(() => helpers.started).toBe(1);
    stopping.abort();
    expect((await making).ok).toBe(false);
    await expect.poll(() => helpers, { timeout: 10_000 }).toEqual({ started: 1, ended: 1 });
  });

  it('whose process dies are said to be not to be had here', async () => {
    const { make } = createDrawingsApart({
      pictures: createSharpThumbnailer(() => import('sharp')),
      begin: () => startImageProcess((script, environment) => startInNode(`${script}.none`, environment), {}),
    });
    expect(await make(drawing(''), 256)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
  });
});

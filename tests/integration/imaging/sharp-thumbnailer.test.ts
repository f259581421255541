import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { describe, expect, it } from 'vitest';
import { createSharpThumbnailer } from '../../../main/adapters/imaging/sharp-thumbnailer.ts';
import { createImageMaker } from '../../../main/features/sample/images/picture-maker.ts';
import { must } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const thumbnailer = createSharpThumbnailer(() => import('sharp'));

function written(name: string, content: Uint8Array | string, folder = temporaryFolder()): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function plain(width: number, height: number, background: string): Sharp {
  return sharp({ create: { width, height, channels: 3, background }, limitInputPixels: false });
}

async function made(path: string, box = 256): Promise<{ width: number; height: number; first: number[] }> {
  const bytes = must(await thumbnailer.make(path, box));
  const { width, height, pages = 1 } = await sharp(bytes).metadata();
  expect(pages).toBe(1);
  return { width, height, first: [...(await sharp(bytes).removeAlpha().raw().toBuffer()).subarray(0, 3)] };
}

function svg(attributes: string, inside = '<rect width="100%" height="100%" fill="#f00"/>'): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inside}</svg>`;
}

describe('a small picture', () => {
  it('stands upright, whatever way the camera was held, and is never enlarged', async () => {
    const turned = await plain(400, 200, 'red').jpeg().withMetadata({ orientation: 6 }).toBuffer();
    expect(await made(written('a.jpeg', turned))).toMatchObject({ width: 128, height: 256 });
    expect(await made(written('b.png', await plain(30, 20, 'red').png().toBuffer()))).toMatchObject({ width: 30 });
  });

  it('is the first frame of what moves', async () => {
    const frames = [
      await plain(300, 300, '#ff0000').png().toBuffer(),
      await plain(300, 300, '#0000ff').png().toBuffer(),
    ];
    const moving = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(moving).metadata()).pages).toBe(2);
    const { first, height } = await made(written('a.gif', moving));
    expect(height).toBe(256);
    expect(first[0]).toBeGreaterThan(200);
  });

  it.each(['viewBox="0 0 16 16"', 'width="20000" height="20000"', 'width="1" height="1"'])(
    'of a drawing has the size that is wanted, whatever size it claims: %s',
    async (attributes) => {
      const { width } = await made(written('a.svg', svg(attributes)));
      expect(width).toBeGreaterThan(30);
      expect(width).toBeLessThanOrEqual(256);
    },
  );

  it('of a drawing holds nothing of the files around it', async () => {
    const folder = temporaryFolder();
    written('secret.png', await plain(10, 10, '#ff0000').png().toBuffer(), folder);
    const draws =
      '<rect width="10" height="10" fill="#00f"/><image xlink:href="secret.png" href="secret.png" width="10" height="10"/>';
    const { first } = await made(written('a.svg', svg('width="10" height="10"', draws), folder));
    expect(first).toEqual([expect.closeTo(0, -1), expect.closeTo(0, -1), expect.closeTo(255, -1)]);
  });
});

describe('what gives none', () => {
  const maker = createImageMaker();
  const drawn = (format: 'bmp' | 'ico' | 'jpeg' | 'png') =>
    maker.make({ format, subject: 'photo', variant: 1, bytes: 500_000, label: 'a label' });

  it.each(['bmp', 'ico'] as const)('is a format that can’t be read: %s', async (format) => {
    const failed = await thumbnailer.make(written(`a.${format}`, await drawn(format)), 256);
    expect(failed).toMatchObject({ ok: false, error: { code: 'unreadable' } });
    expect(failed.ok || failed.error.message).toContain(format.toUpperCase());
  });

  it.each(['jpeg', 'png'] as const)('is a file that is cut off: %s', async (format) => {
    const whole = await drawn(format);
    const cut = written(`a.${format}`, whole.subarray(0, whole.length / 4));
    expect(await thumbnailer.make(cut, 256)).toMatchObject({ ok: false, error: { code: 'damaged' } });
  });

  it.each([
    ['nothing', '', 'damaged'],
    ['text', 'a,b,c', 'unreadable'],
    ['a web page', '<!doctype html><html><body>Sign in</body></html>', 'unreadable'],
    ['half a drawing', '<svg xmlns="http://www.w3.org/2000/svg"><rect', 'damaged'],
    ['a name and noise', '\x89PNG\r\n\x1a\nnoise', 'damaged'],
  ])('is no picture: %s', async (_what, content, code) => {
    const failed = await thumbnailer.make(written('a.png', Buffer.from(content, 'latin1')), 256);
    expect(failed).toMatchObject({ ok: false, error: { code } });
  });

  it('is a bomb, and it costs nothing', async () => {
    const bomb = await plain(11_000, 10_000, 'red').png().toBuffer();
    expect(await thumbnailer.make(written('a.png', bomb), 256)).toMatchObject({
      ok: false,
      error: { code: 'too-large' },
    });
    const drawing = svg('width="30000" height="30000"', '<rect width="1" height="1"/>'.repeat(400_000));
    expect(await thumbnailer.make(written('a.svg', drawing), 256)).toMatchObject({
      ok: false,
      error: { code: 'too-large' },
    });
  });

  it('is not there', async () => {
    const path = join(temporaryFolder(), 'none.png');
    expect(await thumbnailer.make(path, 256)).toMatchObject({ ok: false, error: { code: 'missing' } });
  });

  it('is anything, where nothing that reads pictures can be loaded', async () => {
    const without = createSharpThumbnailer(() => Promise.reject(new Error('no binary')));
    expect(await without.make('/a.png', 256)).toMatchObject({ ok: false, error: { code: 'unavailable' } });
    expect(await without.describe()).toBeUndefined();
  });
});

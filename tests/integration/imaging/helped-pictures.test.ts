import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createHelpedPictures } from '../../../main/composition/helped-pictures.ts';
import type { HelperProcess, StartHelper } from '../../../main/ports/helper.ts';
import { startNodeHelper } from '../../../main/vault/start-node-helper.ts';
import { must } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Remembers the helpers that were started. */
function openPictures(start: StartHelper = startNodeHelper, patienceMs?: number) {
  const started: HelperProcess[] = [];
  const pictures = createHelpedPictures((script, environment) => {
    const helper = start(script, environment);
    started.push(helper);
    return helper;
  }, patienceMs);
  onTestFinished(() => pictures.end());
  return { ...pictures, started };
}

async function writePicture(): Promise<string> {
  const path = join(temporaryFolder(), 'a.png');
  writeFileSync(
    path,
    await sharp({ create: { width: 300, height: 200, channels: 3, background: 'red' } })
      .png()
      .toBuffer(),
  );
  return path;
}

describe('pictures by a process of their own', () => {
  test('are drawn and made small by one helper, many at once, and what is no picture is told', async () => {
    const { thumbnailer, render, started } = openPictures();
    const path = await writePicture();
    const many = await Promise.all(
      [64, 96, 128].map(async (box) => sharp(must(await thumbnailer.make(path, box))).metadata()),
    );
    expect(many.map(({ width }) => width)).toEqual([64, 96, 128]);
    const drawn = await render({ format: 'jpeg', subject: 'logo', variant: 0, tier: 1 });
    expect((await sharp(drawn).metadata()).format).toBe('jpeg');
    writeFileSync(path, 'no picture');
    expect(await thumbnailer.make(path, 64)).toMatchObject({ ok: false, error: { code: 'unreadable' } });
    expect(await thumbnailer.describe()).toMatch(/^sharp \d/u);
    expect(started).toHaveLength(1);
  });

  test('whose helper dies are made by another, and none begins after the end', async () => {
    const { thumbnailer, render, started, end } = openPictures();
    const path = await writePicture();
    must(await thumbnailer.make(path, 64));
    const lost = [
      thumbnailer.make(path, 96),
      expect(render({ format: 'png', subject: 'photo', variant: 0, tier: 1 })).rejects.toThrow('ended'),
    ] as const;
    started[0]?.kill();
    must((await Promise.all(lost))[0]);
    expect(started).toHaveLength(2);
    end();
    expect(await thumbnailer.make(path, 64)).toMatchObject({ ok: false, error: { code: 'too-slow' } });
    expect(started).toHaveLength(2);
  });

  test('are not waited for for ever where the helper is stuck', async () => {
    let kills = 0;
    const stuck: StartHelper = () => ({
      send: () => undefined,
      answered: () => undefined,
      ended: () => undefined,
      kill: () => void (kills += 1),
    });
    const { thumbnailer } = openPictures(stuck, 20);
    expect(await thumbnailer.make('a.png', 64)).toMatchObject({ ok: false, error: { code: 'too-slow' } });
    expect(await thumbnailer.describe()).toBeUndefined();
    expect(kills).toBe(3);
  });
});

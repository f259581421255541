import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createThumbnailers } from '../../../main/composition/image-helpers/create-thumbnailers.ts';
import {
  createHelperThumbnailer,
  type HelperThumbnailerLimits,
} from '../../../main/composition/image-helpers/helper-thumbnailer.ts';
import { createImageProcesses } from '../../../main/composition/image-helpers/image-processes.ts';
import type { HelperProcess, StartHelper } from '../../../main/ports/helper.ts';
import { startInNode } from '../../../main/adapters/helpers/start-in-node.ts';
import { must } from '../../support/core.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Creates a thumbnailer, and records the started processes and how many of them have ended. */
function openPictures(limits: Partial<HelperThumbnailerLimits> = {}, start: StartHelper = startInNode) {
  const started: HelperProcess[] = [];
  const ends = { count: 0 };
  const { begin, end } = createImageProcesses((script, environment) => {
    const helper = start(script, environment);
    helper.ended(() => (ends.count += 1));
    started.push(helper);
    return helper;
  }, {});
  onTestFinished(end);
  return { ...createHelperThumbnailer(begin, limits), started, ends, end };
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

  test('are made where no key and no passphrase is to be seen', async () => {
    const seen: unknown[] = [];
    const makers = createThumbnailers({
      environment: { CONTACT_SHEET_API_KEY: 'the-key', CONTACT_SHEET_PASSPHRASE: 'words', LANG: 'x' },
      startHelper(script, environment) {
        seen.push(environment);
        return startInNode(script, environment);
      },
    });
    onTestFinished(makers.end);
    expect(await makers.thumbnailer.describe()).toMatch(/^sharp \d/u);
    expect(seen).toEqual([{ LANG: 'x', CONTACT_SHEET_PICTURES_STAND_BACK: '1' }]);
    await makers.render({ format: 'png', subject: 'logo', variant: 0, tier: 0 });
    expect(seen.slice(1)).toEqual([{ LANG: 'x' }]);
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

  test('that bring their process down are tried once more alone, and harm no other', async () => {
    const { thumbnailer, started } = openPictures({}, (script, environment) => {
      const helper = startInNode(script, environment);
      // Like an image that crashes the library.
      return { ...helper, send: (line) => (line.includes('fatal') ? helper.kill() : helper.send(line)) };
    });
    const path = await writePicture();
    const [good, fatal, other] = await Promise.all([
      thumbnailer.make(path, 64),
      thumbnailer.make(`${path}.fatal`, 64),
      thumbnailer.make(path, 96),
    ]);
    must(good);
    must(other);
    expect(fatal).toMatchObject({ ok: false, error: { code: 'too-slow' } });
    expect(started.length).toBeGreaterThan(2);
  });

  test('are made by one process after another, and by none while none is wanted', async () => {
    const { thumbnailer, started, ends } = openPictures({ picturesPerProcess: 2, idleMs: 50 });
    const path = await writePicture();
    for (let count = 0; count < 5; count++) must(await thumbnailer.make(path, 64));
    expect(started).toHaveLength(3);
    await expect.poll(() => ends.count).toBe(3);
    must(await thumbnailer.make(path, 64));
    expect(started).toHaveLength(4);
  });

  test('whose process says what is no answer are not believed', async () => {
    let said: ((line: string) => void) | undefined;
    const babbling: StartHelper = () => ({
      send: () => said?.('{"id":'),
      answered: (receive) => void (said = receive),
      ended: () => undefined,
      kill: () => undefined,
    });
    const { thumbnailer } = openPictures({}, babbling);
    expect(await thumbnailer.make('a.png', 64)).toMatchObject({ ok: false, error: { code: 'too-slow' } });
  });

  test('are not waited for for ever where the helper is stuck', async () => {
    let kills = 0;
    const stuck: StartHelper = () => ({
      send: () => undefined,
      answered: () => undefined,
      ended: () => undefined,
      kill: () => void (kills += 1),
    });
    const { thumbnailer } = openPictures({ patienceMs: 20 }, stuck);
    expect(await thumbnailer.make('a.png', 64)).toMatchObject({ ok: false, error: { code: 'too-slow' } });
    expect(await thumbnailer.describe()).toBeUndefined();
    expect(kills).toBe(3);
  });
});

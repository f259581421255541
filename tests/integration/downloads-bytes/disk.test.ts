import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { diskFailure, diskProblem } from '../../../main/features/downloads/disk/disk-problem.ts';
import { fetchToPart } from '../../../main/features/downloads/fetch/fetch-to-part.ts';
import { makeFolderInside } from '../../../main/features/downloads/disk/folder-inside.ts';
import { placeFile } from '../../../main/features/downloads/disk/place-file.ts';
import { reconcilePlacement } from '../../../main/features/downloads/disk/reconcile-placement.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { mountReadOnly, mountSmallDisk } from '../../support/mounts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { serve, stopAll } from '../remote/support.ts';
import { continued, fetchDeps, jobFor, noise, sendFile, sha256 } from './fetching.ts';

const never = new AbortController().signal;
afterEach(stopAll);

function errno(code: string): Error {
  return Object.assign(new Error(code), { code, errno: -1, syscall: 'write' });
}

describe('a disk', () => {
  testNeeding('linux', 'that is full keeps what it took, and goes on once there is room', async () => {
    const file = await noise(1100, 900);
    const server = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const disk = mountSmallDisk(1_048_576);
    const job = jobFor(server.origin, { partPath: join(disk.folder, 'part') });
    const full = await fetchToPart(job, fetchDeps(), never);
    expect(full).toMatchObject({ ok: false, error: { code: 'disk-full', keepPart: true, concerns: 'disk' } });
    const kept = statSync(job.partPath).size;
    expect(kept).toBeLessThanOrEqual(1_048_576);
    expect(readFileSync(job.partPath).equals(file.subarray(0, kept))).toBe(true);

    disk.resize(8 * 1_048_576);
    const next = continued(job);
    expect(await fetchToPart(next, fetchDeps(), never)).toMatchObject({ ok: true, value: { sha256: sha256(file) } });
    expect(server.seen.at(-1)?.headers.range).toBe(kept === 0 ? undefined : `bytes=${String(kept)}-`);
  });

  testNeeding('linux', 'that is full has no room for a small file either, and none is left half-written', async () => {
    const file = await noise(60, 40);
    const { origin } = await serve((request, response) => {
      sendFile(request, response, file);
    });
    const { folder } = mountSmallDisk(8192);
    writeFileSync(join(folder, 'other'), Buffer.alloc(4096));
    const job = jobFor(origin, { partPath: join(folder, 'part') });
    const full = await fetchToPart(job, fetchDeps(), never);
    expect(full).toMatchObject({ ok: false, error: { code: 'disk-full', canRetry: false } });
    expect(readdirSync(folder).filter((name) => name !== 'part')).toEqual(['other']);
  });

  testNeeding('linux', 'that can only be read is said to be so, at each step', async () => {
    const { origin } = await serve((request, response) => {
      sendFile(request, response, Buffer.alloc(0));
    });
    const real = temporaryFolder();
    writeFileSync(join(real, 'part'), 'bytes');
    const folder = mountReadOnly(real);
    const error = { code: 'not-writable', canRetry: false, concerns: 'disk' };
    const job = jobFor(origin, { partPath: join(folder, 'new') });
    expect(await fetchToPart(job, fetchDeps(), never)).toMatchObject({ ok: false, error });
    for (const replace of [false, true]) {
      expect(await placeFile(join(folder, 'part'), join(folder, 'a'), replace)).toMatchObject({ ok: false, error });
    }
    expect(await makeFolderInside(folder, 'a/b')).toMatchObject({ ok: false, error });
    const found = await reconcilePlacement(join(folder, 'part'), join(folder, 'a'), { bytes: 5, sha256: '' });
    expect(found).toBe('part-incomplete');
  });

  test('that is not there, in a folder that is none, or under a name that is too long', async () => {
    const { origin } = await serve((request, response) => {
      sendFile(request, response, Buffer.alloc(0));
    });
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'file'), '');
    const ends = [
      { path: 'gone/part', error: { code: 'not-writable', canRetry: true, keepPart: false } },
      { path: 'file/part', error: { code: 'not-writable', canRetry: false, concerns: 'file' } },
      { path: 'x'.repeat(300), error: { code: 'not-writable', canRetry: false, concerns: 'file' } },
    ];
    for (const { path, error } of ends) {
      const job = jobFor(origin, { partPath: join(folder, path) });
      expect(await fetchToPart(job, fetchDeps(), never)).toMatchObject({ ok: false, error });
    }
  });
});

describe('the words for a disk', () => {
  test('name the path as it is, and what to do', () => {
    expect(diskProblem(errno('ENOSPC'), '/$&/x').message).toBe(
      'There is no space left for /$&/x. Free some, then resume.',
    );
    expect(diskProblem(errno('EROFS'), '/x')).toMatchObject({
      code: 'not-writable',
      canRetry: false,
      concerns: 'disk',
    });
    expect(diskProblem(errno('EMFILE'), '/x')).toMatchObject({ code: 'not-writable', canRetry: true });
    expect(diskProblem(errno('EWHATEVER'), '/x').message).toContain('EWHATEVER');
    expect(diskFailure(errno('EDQUOT'), '/x')).toMatchObject({ code: 'disk-full' });
  });

  test('are not for bugs', () => {
    const bug = new TypeError('a bug');
    expect(() => diskProblem(bug, '/x')).toThrow(bug);
  });
});

describe('a folder inside the destination', () => {
  test('is made, with the destination itself, as often as it is asked for', async () => {
    const destination = join(temporaryFolder(), 'not', 'yet');
    for (let time = 0; time < 2; time += 1) {
      expect(await makeFolderInside(destination, 'Brand/sub-3')).toEqual({
        ok: true,
        value: join(destination, 'Brand', 'sub-3'),
      });
    }
    const many = await Promise.all(Array.from({ length: 20 }, () => makeFolderInside(destination, 'x/y/z')));
    expect(many.every(({ ok }) => ok)).toBe(true);
    expect(await makeFolderInside(destination, '')).toEqual({ ok: true, value: destination });
    expect(readdirSync(destination)).toEqual(['Brand', 'x']);
  });

  test('may be a link inside, and the destination may be a link', async () => {
    const real = temporaryFolder();
    mkdirSync(join(real, 'inner'));
    symlinkSync(join(real, 'inner'), join(real, 'way'));
    const destination = join(temporaryFolder(), 'link');
    symlinkSync(real, destination);
    expect(await makeFolderInside(destination, 'way/deep')).toMatchObject({ ok: true });
    expect(existsSync(join(real, 'inner', 'deep'))).toBe(true);
  });

  test('is never outside', async () => {
    const [destination, outside] = [join(temporaryFolder(), 'd'), temporaryFolder()];
    mkdirSync(destination);
    symlinkSync(outside, join(destination, 'out'));
    symlinkSync(`${destination}-beside`, join(destination, 'dangling'));
    mkdirSync(join(outside, 'there'));
    for (const path of ['out', 'out/new', 'out/there', '..', 'a/../../b', '../d', 'dangling/x', 'a\0b']) {
      expect(await makeFolderInside(destination, path)).toMatchObject({ ok: false, error: { code: 'not-writable' } });
    }
    expect(readdirSync(outside)).toEqual(['there']);
    expect(readdirSync(join(destination, '..'))).toEqual(['d']);
  });

  test('that is a file already, is said', async () => {
    const destination = temporaryFolder();
    writeFileSync(join(destination, 'a'), '');
    expect(await makeFolderInside(destination, 'a/b')).toMatchObject({ ok: false, error: { concerns: 'file' } });
  });
});

import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkDestination } from '../../../main/features/downloads/disk/check-destination.ts';
import { freeBytes } from '../../../main/features/downloads/disk/free-bytes.ts';
import { mountReadOnly, mountSmallDisk } from '../../support/mounts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function problemIn(folder: string): Promise<string | undefined> {
  const { problem } = await checkDestination(folder);
  if (problem !== null) expect(problem.code).toBe('not-writable');
  return problem?.message;
}

describe('a destination', () => {
  it('may exist or be created, and nothing is written to find out', async () => {
    const folder = temporaryFolder();
    expect(await checkDestination(folder)).toEqual({ exists: true, problem: null });
    expect(await checkDestination(join(folder, 'a', 'b', 'Übersicht'))).toEqual({ exists: false, problem: null });
    symlinkSync(folder, join(folder, 'link'));
    expect(await checkDestination(join(folder, 'link', 'new'))).toEqual({ exists: false, problem: null });
    expect(readdirSync(folder)).toEqual(['link']);
  });

  it.each(['/proc/nope', '/proc', '/proc/1/nope/deeper', '/sys/nope'])('can’t be %s', async (folder) => {
    expect(await problemIn(folder)).toMatch(/ in \/(proc|sys)/u);
  });

  it('can’t be on a disk that is read-only', async () => {
    const disk = mountReadOnly(temporaryFolder());
    expect(await problemIn(disk)).toContain('read-only. Choose another folder.');
    expect(await problemIn(join(disk, 'new', 'folder'))).toContain('read-only. Choose another folder.');
  });

  it('can’t be a file, a device, or below one', async () => {
    const file = join(temporaryFolder(), 'file.txt');
    writeFileSync(file, '');
    expect(await problemIn(file)).toContain(`${file} is not a folder.`);
    expect(await problemIn(join(file, 'folder'))).toContain('a file is in the way');
    expect(await problemIn('/dev/null')).toContain('/dev/null is not a folder.');
  });

  it('can’t be a link that leads nowhere, or in a circle', async () => {
    const folder = temporaryFolder();
    symlinkSync(join(folder, 'missing'), join(folder, 'dangling'));
    symlinkSync(join(folder, 'loop'), join(folder, 'loop'));
    expect(await problemIn(join(folder, 'dangling', 'new'))).toContain('dangling is not a folder.');
    expect(await problemIn(join(folder, 'loop'))).toContain('loop of links');
  });

  it('can’t have a name or a path that the system refuses', async () => {
    const folder = temporaryFolder();
    expect(await problemIn(join(folder, 'x'.repeat(256)))).toContain('too long');
    expect(await problemIn(join(folder, ...Array.from({ length: 30 }, () => 'x'.repeat(200))))).toContain('too long');
    const almost = join(folder, ...Array.from({ length: 19 }, () => 'x'.repeat(200)));
    expect(await problemIn(almost)).toContain('too long');
  });

  it.each(['/mnt', '/media'])('isn’t created in %s, where a disk is missing', async (base) => {
    expect(await problemIn(join(base, 'contact-sheet-stick', 'Pictures'))).toBe(
      `${base}/contact-sheet-stick doesn’t exist. If it is a disk, connect it. If it is a folder, create it first.`,
    );
  });

  it('has room only as far as its disk tells', async () => {
    expect(await freeBytes('/proc/nope')).toBeNull();
    const disk = mountSmallDisk(8 * 4096);
    expect(await freeBytes(join(disk.folder, 'new'))).toBe(8 * 4096);
  });
});

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

export type SmallDisk = {
  readonly folder: string;
  /** Changes its size, in bytes. */
  resize(bytes: number): void;
};

/** Mounts a disk of `bytes` (whole pages of 4096) until the test ends. Linux only, as root or in a user namespace. */
export function mountSmallDisk(bytes: number): SmallDisk {
  const folder = mountPoint();
  mount('-t', 'tmpfs', '-o', `size=${String(bytes)},mode=0777`, 'tmpfs', folder);
  return {
    folder,
    resize(next) {
      mount('-o', `remount,size=${String(next)}`, folder);
    },
  };
}

/** Mounts the files of `folder` on a read-only disk until the test ends. */
export function mountReadOnly(folder: string): string {
  const mounted = mountPoint();
  mount('--bind', folder, mounted);
  mount('-o', 'remount,ro,bind', mounted);
  return mounted;
}

/** Makes a `mountReadOnly` mount writable. */
export function allowWriting(mounted: string): void {
  mount('-o', 'remount,rw,bind', mounted);
}

/** Makes it read-only again. */
export function denyWriting(mounted: string): void {
  mount('-o', 'remount,ro,bind', mounted);
}

function mountPoint(): string {
  const parent = mkdtempSync(join(tmpdir(), 'contact-sheet-mount-'));
  const folder = join(parent, 'disk');
  mkdirSync(folder);
  onTestFinished(() => {
    unmount(folder);
    rmSync(parent, { recursive: true, force: true });
  });
  return folder;
}

function mount(...options: readonly string[]): void {
  try {
    execFileSync('mount', options, { stdio: 'pipe' });
  } catch (error) {
    const message =
      'This test mounts small disks. Run it on Linux as root, or behind: unshare --user --map-root-user --mount';
    throw new Error(message, { cause: error });
  }
}

function unmount(folder: string): void {
  // Lazily, so that an open file doesn't block it; if the mount itself failed there is nothing to undo.
  try {
    execFileSync('umount', ['--lazy', folder], { stdio: 'pipe' });
  } catch {
    return;
  }
}

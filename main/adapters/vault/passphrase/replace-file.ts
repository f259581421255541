import { randomUUID } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/** Makes a rename or a removal in this folder outlive a power cut, where the platform lets a folder be opened. */
export async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // Windows and some network file systems refuse: they offer nothing stronger.
  }
}

async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(path, 'wx', 0o600);
  try {
    await handle.writeFile(bytes);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Removes what a killed process left half-written beside `path`. The caller holds the lock. */
async function sweep(path: string): Promise<void> {
  const prefix = `${basename(path)}.`;
  const names = await readdir(dirname(path));
  const left = names.filter((name) => name.startsWith(prefix) && name.endsWith('.new'));
  await Promise.all(left.map((name) => rm(join(dirname(path), name), { force: true })));
}

/** Puts a whole file, readable by its owner alone, in the place of `path`, unless `mayReplace` says no at the last moment. */
export async function replaceFile(
  path: string,
  bytes: Uint8Array,
  mayReplace: () => Promise<boolean>,
): Promise<boolean> {
  await sweep(path);
  const fresh = `${path}.${randomUUID()}.new`;
  try {
    await writeNew(fresh, bytes);
    if (!(await mayReplace())) return false;
    await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
  await syncFolder(dirname(path));
  return true;
}

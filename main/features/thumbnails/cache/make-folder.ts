import { chmod, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

/** For its owner only, with those above it that are missing. Node's own `recursive` never ends below /proc. */
export async function makeFolder(folder: string): Promise<void> {
  try {
    await makeOne(folder);
  } catch (error) {
    if ((await stat(folder).catch(() => undefined))?.isDirectory() === true) return;
    const parent = dirname(folder);
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (!isMissing || parent === folder) throw error;
    await makeFolder(parent);
    // Another one may have made it meanwhile.
    await makeOne(folder).catch(async (again: unknown) => {
      if ((await stat(folder).catch(() => undefined))?.isDirectory() !== true) throw again;
    });
  }
}

/** A umask may take the owner's permissions too. */
async function makeOne(folder: string): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  await chmod(folder, 0o700);
}

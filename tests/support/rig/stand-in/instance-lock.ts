import { linkSync, mkdirSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { lives } from '../lives.ts';

/**
 * Takes the single-instance lock of a profile folder, as in Electron: returns true for the first process, else passes
 * the arguments to the first. A lock whose process has ended is ignored.
 */
export function takeInstance(profile: string, second: (argv: readonly string[], cwd: string) => void): boolean {
  mkdirSync(profile, { recursive: true });
  const lock = join(profile, 'rig-instance');
  const own = `${lock}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    if (lives(readPid(lock))) {
      writeFileSync(own, JSON.stringify([process.argv, process.cwd()]));
      linkSync(own, join(profile, `rig-second.${process.pid}`));
      return false;
    }
    rmSync(lock, { force: true });
    linkSync(own, lock);
  } finally {
    rmSync(own);
  }
  const watcher = watch(profile, () => {
    for (const name of readdirSync(profile).filter((file) => /^rig-second\.\d+$/u.test(file))) {
      const [argv, cwd] = JSON.parse(readFileSync(join(profile, name), 'utf8')) as [string[], string];
      rmSync(join(profile, name));
      second(argv, cwd);
    }
  });
  watcher.unref();
  return true;
}

/** Releases the lock, so that another process can become the first. */
export function releaseInstance(profile: string): void {
  rmSync(join(profile, 'rig-instance'), { force: true });
}

function readPid(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Marks the fuses in Electron's program for `@electron/fuses`; their version, their number and the fuses follow. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fuses = '101100110';

/**
 * Creates a folder that electron-builder accepts as Electron's runtime, so that everything else can be packed and
 * checked on a computer without it.
 * @param {string} folder
 * @param {'linux' | 'win32'} platform
 */
export function makeStandInRuntime(folder, platform) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  const program = Buffer.concat([
    Buffer.from(`a stand-in for Electron's program\n${sentinel}`, 'latin1'),
    Buffer.from([1, fuses.length]),
    Buffer.from(fuses, 'latin1'),
  ]);
  writeFileSync(path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron'), program, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak', 'chrome-sandbox']) {
    writeFileSync(path.join(folder, name), name);
  }
}

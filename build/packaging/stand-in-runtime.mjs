import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** By it `@electron/fuses` finds the switches in Electron's program: then follow their version, their number, and they. */
const sentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const switches = '101100110';

/**
 * A folder that electron-builder takes for Electron's runtime, so that all but the runtime itself can be packed and
 * looked at on a machine without it.
 * @param {string} folder
 * @param {'linux' | 'win32'} platform
 */
export function makeStandInRuntime(folder, platform) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  mkdirSync(path.join(folder, 'resources'));
  const program = Buffer.concat([
    Buffer.from(`a stand-in for Electron's program\n${sentinel}`, 'latin1'),
    Buffer.from([1, switches.length]),
    Buffer.from(switches, 'latin1'),
  ]);
  writeFileSync(path.join(folder, platform === 'win32' ? 'electron.exe' : 'electron'), program, { mode: 0o755 });
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak', 'chrome-sandbox']) {
    writeFileSync(path.join(folder, name), name);
  }
}

/** @typedef {Readonly<Record<string, string | undefined>>} Environment */

/**
 * @typedef {object} Machine the computer's state that decides if a window can open
 * @property {string} platform
 * @property {Environment} environment
 * @property {boolean} isRoot
 * @property {boolean} wantsBrowser whether the user requested the browser
 * @property {() => string | undefined} electron finds Electron's program
 * @property {() => Promise<void>} fetchElectron
 * @property {(line: string) => void} say
 */

/**
 * Chooses a window if one can open: with Electron's runtime, a display, and as an ordinary user. Otherwise chooses the
 * browser, with the reason in a sentence. In continuous integration (CI) nothing is downloaded.
 * @param {Machine} machine
 * @returns {Promise<{ window: string } | { browser: string }>} Electron's program, or the sentence
 */
export async function chooseHost(machine) {
  const { electron, environment, say } = machine;
  const served = 'the same interface is served to your browser';
  if (machine.wantsBrowser) return { browser: `As requested, ${served}.` };
  if (!hasDisplay(machine)) return { browser: `There is no display to open a window on, so ${served}.` };
  if (machine.platform === 'linux' && machine.isRoot) {
    return { browser: `Electron opens no window for the root user, so ${served}.` };
  }
  const present = electron();
  if (present !== undefined) return { window: present };
  if (isOn(environment['CI'])) return { browser: `Electron’s runtime is not on this machine, so ${served}.` };
  say('Fetching Electron’s runtime, once (some 120 MB) …');
  await machine.fetchElectron();
  const fetched = electron();
  if (fetched !== undefined) return { window: fetched };
  return { browser: `Electron’s runtime could not be downloaded from GitHub, so ${served}.` };
}

/** @param {{ platform: string, environment: Environment }} machine */
function hasDisplay({ platform, environment }) {
  if (platform === 'darwin' || platform === 'win32') return true;
  return isOn(environment['DISPLAY']) || isOn(environment['WAYLAND_DISPLAY']);
}

/**
 * Returns whether a browser may be opened; never in continuous integration (CI).
 * @param {{ platform: string, environment: Environment }} machine
 */
export function canOpenBrowser(machine) {
  return !isOn(machine.environment['CI']) && hasDisplay(machine);
}

/**
 * Returns whether Electron failed to open its window, for instance because a library or its sandbox is missing.
 * @param {{ code: number, signal: NodeJS.Signals | null, missing: boolean }} ended
 */
export function failedToOpen({ code, signal, missing }) {
  return missing || code === 127 || ['SIGTRAP', 'SIGABRT', 'SIGILL', 'SIGSEGV'].includes(signal ?? '');
}

/** @param {string | undefined} value */
function isOn(value) {
  return value !== undefined && value !== '' && value !== 'false' && value !== '0';
}

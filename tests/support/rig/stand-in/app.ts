import type { App } from 'electron';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { strict } from '../strict.ts';
import { createEmitter } from './emitter.ts';
import { version } from '../../../../main/hosts/shared/node/version.ts';
import { dock } from './desktop.ts';
import { releaseInstance, takeInstance } from './instance-lock.ts';
import { endChromium, rig, runningChromium, startChromium, tell } from './rig.ts';

const events = createEmitter('app', [
  ...['ready', 'before-quit', 'will-quit', 'quit', 'window-all-closed', 'second-instance', 'web-contents-created'],
  ...['open-url', 'open-file', 'activate', 'child-process-gone'],
]);
const paths = new Map([
  ['home', homedir()],
  ['temp', tmpdir()],
  ['userData', join(homedir(), '.config', 'Electron')],
]);
const ready = Promise.withResolvers<undefined>();
let name = 'Electron';
let isQuitting = false;

function quit(): void {
  if (isQuitting || !events.allows('before-quit')) return;
  events.emit('will-quit', {});
  exit(0);
}

function exit(code: number | string = 0): void {
  if (isQuitting) return;
  isQuitting = true;
  events.emit('quit', {}, code);
  void endChromium().finally(() => process.exit(Number(code)));
}

function pathOf(wanted: string): string {
  const path = paths.get(wanted === 'sessionData' && !paths.has(wanted) ? 'userData' : wanted);
  if (path === undefined) throw new Error(`The rig does not know the path “${wanted}”.`);
  return path;
}

export const appEvents = events;

const known = {
  ...events.listening,
  isPackaged: rig.settings.packed !== undefined,
  disableHardwareAcceleration() {
    if (rig.isReady) throw new Error('app.disableHardwareAcceleration() can only be called before app is ready');
    tell({ kind: 'did', what: 'disableHardwareAcceleration', value: null });
  },
  setBadgeCount(count?: number) {
    tell({ kind: 'did', what: 'setBadgeCount', value: count });
    return true;
  },
  getPreferredSystemLanguages: () => [...(rig.settings.languages ?? ['en-GB'])],
  getVersion: () => version,
  setAppUserModelId: (id: string) => tell({ kind: 'did', what: 'setAppUserModelId', value: id }),
  getJumpListSettings: () => ({ minItems: 10, removedItems: [] }),
  setJumpList(categories: unknown) {
    tell({ kind: 'did', what: 'setJumpList', value: categories });
    return 'ok' as const;
  },
  get dock() {
    return rig.settings.platform === 'darwin' ? dock : undefined;
  },
  addRecentDocument: (path: string) => tell({ kind: 'did', what: 'addRecentDocument', value: path }),
  setAsDefaultProtocolClient: () => true,
  getLoginItemSettings: () => {
    throw new Error('The rig has no login items: it is not packaged.');
  },
  setLoginItemSettings: () => {
    throw new Error('The rig has no login items: it is not packaged.');
  },
  quit,
  exit,
  whenReady: () => ready.promise,
  isReady: () => rig.isReady,
  getName: () => name,
  setName: (chosen: string) => void (name = chosen),
  getPath: pathOf,
  setPath: (which: string, folder: string) => void paths.set(which, folder),
  releaseSingleInstanceLock: () => releaseInstance(pathOf('userData')),
  requestSingleInstanceLock: () =>
    takeInstance(pathOf('userData'), (argv, cwd) => events.emit('second-instance', {}, argv, cwd, {})),
} satisfies Partial<Record<keyof App, unknown>> & Partial<Omit<App, 'on' | 'once' | 'off' | 'whenReady' | 'dock'>>;

export const app = strict('app', known);

/** Becomes ready as Electron does, after the main module has run to its end. */
export async function becomeReady(): Promise<void> {
  if (isQuitting) return;
  await startChromium(pathOf('sessionData'));
  rig.inside.on('contents-created', (contents) => events.emit('web-contents-created', {}, contents));
  rig.inside.on('all-closed', () => {
    if (events.count('window-all-closed') === 0) quit();
    else events.emit('window-all-closed');
  });
  const { endpoint, pid } = await runningChromium();
  tell({ kind: 'browser', endpoint, pid });
  rig.isReady = true;
  events.emit('ready', {});
  ready.resolve(undefined);
}

import type { PowerMonitor, PowerSaveBlocker, Screen, Shell } from 'electron';
import type { RigArea } from '../messages.ts';
import { strict } from '../strict.ts';
import { createEmitter } from './emitter.ts';
import { rig, tell } from './rig.ts';

const did = (what: string, value: unknown) => tell({ kind: 'did', what, value });

export const shell = strict('shell', {
  showItemInFolder: (path) => did('showItemInFolder', path),
  async openPath(path) {
    did('openPath', path);
    return '';
  },
  async openExternal(address) {
    did('openExternal', address);
  },
} satisfies Partial<Shell>);

const defaultScreens: readonly RigArea[] = [{ x: 0, y: 0, width: 1920, height: 1040 }];
let screens = rig.settings.screens ?? defaultScreens;
const screenEvents = createEmitter('screen', ['display-added', 'display-removed', 'display-metrics-changed']);
const toDisplay = (workArea: RigArea, index: number) =>
  strict('Display', { id: index + 1, workArea, bounds: workArea });

/** Connects and disconnects screens. */
export function changeScreens(areas: readonly RigArea[]): void {
  const before = screens;
  screens = areas;
  const removed = before.at(-1);
  if (areas.length < before.length && removed !== undefined) {
    screenEvents.emit('display-removed', {}, toDisplay(removed, before.length - 1));
  }
}

const needsReady = () => {
  if (!rig.isReady) throw new Error("The 'screen' module can't be used before the app 'ready' event");
};

export const screen = strict('screen', {
  ...screenEvents.listening,
  getAllDisplays() {
    needsReady();
    return screens.map(toDisplay) as never;
  },
  getPrimaryDisplay() {
    needsReady();
    const [main] = screens.map(toDisplay);
    if (main === undefined) throw new Error('The rig has no screen.');
    return main as never;
  },
} satisfies Partial<Record<keyof Screen, unknown>> & Partial<Omit<Screen, 'on' | 'once' | 'off'>>);

const blockers = new Set<number>();
let lastBlocker = 0;

export const powerSaveBlocker = strict('powerSaveBlocker', {
  start(type) {
    lastBlocker += 1;
    blockers.add(lastBlocker);
    did('powerSaveBlocker.start', type);
    return lastBlocker;
  },
  stop(id) {
    did('powerSaveBlocker.stop', blockers.delete(id));
    return true;
  },
} satisfies Partial<PowerSaveBlocker>);

export const powerEvents = createEmitter('powerMonitor', ['shutdown']);

export const powerMonitor = strict('powerMonitor', {
  ...powerEvents.listening,
} satisfies Partial<Record<keyof PowerMonitor, unknown>>);

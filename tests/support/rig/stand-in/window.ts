import { readFileSync } from 'node:fs';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions, Rectangle } from 'electron';
import type { Page } from 'playwright-core';
import { toPageAddress } from '../origins.ts';
import { strict } from '../strict.ts';
import { createContents } from './contents.ts';
import { sizeOfImage } from './desktop.ts';
import { createEmitter } from './emitter.ts';
import { permissions } from './others.ts';
import { rig, runningChromium, tell } from './rig.ts';

type Closable = {
  readonly window: object;
  readonly close: () => void;
  readonly tellPage: (event: string) => void;
};

const openWindows: Closable[] = [];
const windowEvents = [
  ...['ready-to-show', 'closed', 'close', 'show', 'hide', 'focus', 'resize', 'move', 'maximize', 'unmaximize'],
  'session-end',
];

const did = (what: string, value: unknown) => tell({ kind: 'did', what, value });

/** Closes all windows as a user does. */
export function closeWindows(): void {
  for (const { close } of [...openWindows]) close();
}

/** Emits an event of Chromium on every page. */
export function tellPages(event: 'unresponsive' | 'responsive'): void {
  for (const { tellPage } of openWindows) tellPage(event);
}

function createWindow(options: BrowserWindowConstructorOptions): object {
  if (!rig.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
  if (!permissions.request || !permissions.check || !permissions.device) {
    throw new Error('The rig opens windows only where permissions were denied before.');
  }
  const events = createEmitter('BrowserWindow', windowEvents);
  const contents = createContents(readFileSync(sandboxedPreload(options), 'utf8'), {
    openPage: async () => (await runningChromium()).context.newPage(),
    closed: handleClosed,
    loaded: (address) => tell({ kind: 'window', address }),
  });
  let destroyed = false;
  let visible = options.show !== false;

  function handleClosed(page: Page | undefined): void {
    if (destroyed) return;
    destroyed = true;
    openWindows.splice(
      openWindows.findIndex((one) => one.window === window),
      1,
    );
    if (page?.isClosed() === false) void page.close();
    events.emit('closed');
    if (openWindows.length === 0) rig.inside.emit('all-closed');
  }
  const window = strict('BrowserWindow', {
    ...events.listening,
    ...createBounds(options, events.emit),
    async loadURL(address) {
      await contents.load(toPageAddress(address, rig.schemes));
      events.emit('ready-to-show');
      contents.tellLoaded();
    },
    show() {
      visible = true;
      rig.isFocused = true;
      tell({ kind: 'shown' });
      events.emit('show');
    },
    hide() {
      visible = false;
      rig.isFocused = false;
      did('hide', null);
      events.emit('hide');
    },
    focus() {
      rig.isFocused = true;
      events.emit('focus');
    },
    isFocused: () => rig.isFocused,
    isVisible: () => visible,
    isMinimized: () => false,
    restore: () => undefined,
    isDestroyed: () => destroyed,
    destroy: () => handleClosed(contents.page()),
    setProgressBar: (fraction) => did('setProgressBar', fraction),
    setOverlayIcon: (image, description) =>
      did('setOverlayIcon', { image: image === null ? null : sizeOfImage(image), description }),
    webContents: contents.known,
  } satisfies Partial<Record<keyof ElectronWindow, unknown>> &
    Partial<Omit<ElectronWindow, 'on' | 'once' | 'off' | 'webContents'>>);
  const close = () => {
    if (events.allows('close')) handleClosed(contents.page());
  };
  openWindows.push({ window, close, tellPage: (event) => void contents.emit(event) });
  rig.inside.emit('contents-created', contents.known);
  return window;
}

/** Tracks the window's bounds like a window manager. */
function createBounds(options: BrowserWindowConstructorOptions, emit: (event: string) => void) {
  const { x = 40, y = 40, width = 800, height = 600 } = options;
  let bounds: Rectangle = { x, y, width, height };
  let maximised = false;
  did('bounds', bounds);
  return {
    getBounds: () => ({ ...bounds }),
    getNormalBounds: () => ({ ...bounds }),
    setBounds(wanted: Partial<Rectangle>) {
      bounds = { ...bounds, ...wanted };
      did('bounds', bounds);
      emit('move');
      emit('resize');
    },
    isMaximized: () => maximised,
    isFullScreen: () => false,
    maximize() {
      maximised = true;
      did('maximize', null);
      emit('maximize');
    },
  };
}

/** Returns the preload script; throws unless the window follows the security policy. */
function sandboxedPreload({ webPreferences = {} }: BrowserWindowConstructorOptions): string {
  const { preload, sandbox, contextIsolation, nodeIntegration, webviewTag } = webPreferences;
  if (sandbox !== true || contextIsolation !== true || nodeIntegration !== false || webviewTag !== false) {
    throw new Error('The rig opens only windows that are sandboxed, isolated, and without Node and webview.');
  }
  if (preload === undefined) throw new Error('The rig opens only windows with a preload.');
  return preload;
}

/** Constructible with `new`, as in Electron; returns a strict object. */
function construct(options: BrowserWindowConstructorOptions): object {
  return createWindow(options);
}

export const BrowserWindow = strict(
  'BrowserWindow',
  Object.assign(construct, { getAllWindows: () => openWindows.map(({ window }) => window) }) as unknown as Pick<
    typeof ElectronWindow,
    'getAllWindows'
  >,
);

import { readFileSync } from 'node:fs';
import type { BrowserWindow as ElectronWindow, BrowserWindowConstructorOptions } from 'electron';
import { strict } from '../strict.ts';
import { toPageAddress } from '../origins.ts';
import { createContents } from './contents.ts';
import { createEmitter } from './emitter.ts';
import { rig, runningChromium, tell } from './rig.ts';

const open: object[] = [];

function createWindow(options: BrowserWindowConstructorOptions): object {
  if (!rig.isReady) throw new Error('Cannot create BrowserWindow before app is ready');
  const events = createEmitter('BrowserWindow', ['ready-to-show', 'closed', 'close', 'show', 'focus']);
  const preload = readFileSync(sandboxedPreload(options), 'utf8');
  const contents = createContents(preload, openPage);
  let destroyed = false;
  let visible = options.show !== false;

  async function openPage() {
    const { context } = await runningChromium();
    const page = await context.newPage();
    page.on('close', () => {
      if (destroyed) return;
      destroyed = true;
      open.splice(open.indexOf(window), 1);
      events.emit('closed');
      if (open.length === 0) rig.inside.emit('all-closed');
    });
    return page;
  }
  async function loadURL(address: string): Promise<void> {
    await contents.load(toPageAddress(address, rig.schemes));
    events.emit('ready-to-show');
    tell({ kind: 'window', address: toPageAddress(address, rig.schemes) });
  }
  function show(): void {
    visible = true;
    tell({ kind: 'shown' });
    events.emit('show');
  }
  const window = strict('BrowserWindow', {
    ...events.listening,
    loadURL,
    show,
    focus: () => void events.emit('focus'),
    isVisible: () => visible,
    isMinimized: () => false,
    restore: () => undefined,
    isDestroyed: () => destroyed,
    webContents: contents.known,
  } satisfies Partial<Record<keyof ElectronWindow, unknown>> &
    Partial<Omit<ElectronWindow, 'on' | 'once' | 'off' | 'webContents'>>);
  open.push(window);
  rig.inside.emit('contents-created', contents.known);
  return window;
}

/** The rig's windows are as the wall wants them, and no others. */
function sandboxedPreload({ webPreferences = {} }: BrowserWindowConstructorOptions): string {
  const { preload, sandbox, contextIsolation, nodeIntegration, webviewTag } = webPreferences;
  if (sandbox !== true || contextIsolation !== true || nodeIntegration !== false || webviewTag !== false) {
    throw new Error('The rig opens only windows that are sandboxed, isolated, and without Node and webview.');
  }
  if (preload === undefined) throw new Error('The rig opens only windows with a preload.');
  return preload;
}

/** Made with `new`, as Electron's; what it makes is an object of its own. */
function construct(options: BrowserWindowConstructorOptions): object {
  return createWindow(options);
}

export const BrowserWindow = strict(
  'BrowserWindow',
  Object.assign(construct, { getAllWindows: () => [...open] }) as unknown as Pick<
    typeof ElectronWindow,
    'getAllWindows'
  >,
);

import { request, type RequestOptions } from 'node:http';
import type {
  AutoUpdater,
  ClientRequestConstructorOptions,
  IpcMain,
  NativeTheme,
  Net,
  Protocol,
  Session,
} from 'electron';
import { strict } from '../strict.ts';
import { createEmitter } from './emitter.ts';
import { rig, tell, type Invoked } from './rig.ts';

export const protocol = strict('protocol', {
  registerSchemesAsPrivileged(schemes) {
    if (rig.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    for (const { scheme, privileges } of schemes) {
      if (!privileges?.standard || !privileges.secure) throw new Error(`The rig's schemes are standard and secure.`);
      rig.schemes.add(scheme);
    }
  },
  handle(scheme, handler) {
    if (!rig.isReady) throw new Error('protocol.handle can only be used after app is ready');
    if (!rig.schemes.has(scheme)) throw new Error(`The rig knows no scheme “${scheme}”: register it first.`);
    rig.schemeHandlers.set(scheme, handler);
  },
} satisfies Partial<Protocol>);

export const ipcMain = strict('ipcMain', {
  handle(channel, listener) {
    if (rig.invokeHandlers.has(channel)) {
      throw new Error(`Attempted to register a second handler for '${channel}'`);
    }
    rig.invokeHandlers.set(channel, listener as Invoked);
    tell({ kind: 'did', what: 'ipcMain.handle', value: channel });
  },
} satisfies Partial<IpcMain>);

let themeSource: NativeTheme['themeSource'] = 'system';

export const nativeTheme = strict('nativeTheme', {
  ...createEmitter('nativeTheme', ['updated']).listening,
  get shouldUseDarkColors() {
    return (themeSource === 'system' ? rig.settings.theme : themeSource) === 'dark';
  },
  get themeSource() {
    return themeSource;
  },
  set themeSource(chosen: NativeTheme['themeSource']) {
    themeSource = chosen;
    tell({ kind: 'did', what: 'themeSource', value: chosen });
  },
} satisfies Partial<Omit<NativeTheme, 'on' | 'once' | 'off'>> & Partial<Record<keyof NativeTheme, unknown>>);

/** Uses Node's network instead of Chromium's, for updates only: electron-updater requests with its own session. */
export const net = strict('net', {
  fetch: (input, init) => fetch(input, init),
  request({ session: requestedSession, ...options }: ClientRequestConstructorOptions) {
    if (requestedSession !== (updaterSession as unknown))
      throw new Error('The rig asks the network for electron-updater alone.');
    return request(options as RequestOptions) as never;
  },
} satisfies Partial<Record<keyof Net, unknown>> & Pick<Net, 'fetch'>);

const updaterSession = strict('session of electron-updater', {});

export const permissions: {
  request?: Parameters<Session['setPermissionRequestHandler']>[0];
  check?: Parameters<Session['setPermissionCheckHandler']>[0];
  device?: Parameters<Session['setDevicePermissionHandler']>[0];
} = {};

export const session = strict('session', {
  fromPartition(name: string) {
    if (name !== 'electron-updater') throw new Error(`The rig knows no session “${name}”.`);
    return updaterSession;
  },
  defaultSession: strict('session.defaultSession', {
    setPermissionRequestHandler: (handler) => void (permissions.request = handler),
    setPermissionCheckHandler: (handler) => void (permissions.check = handler),
    setDevicePermissionHandler: (handler) => void (permissions.device = handler),
    resolveProxy: async () => 'DIRECT',
  } satisfies Partial<Session>),
} satisfies Partial<Record<keyof typeof Electron.session, unknown>>);

const updating = createEmitter('autoUpdater', ['before-quit-for-update']);

/** A stand-in for Electron's own updater, through which electron-updater announces that the app is about to quit. */
export const autoUpdater = strict('autoUpdater', {
  ...updating.listening,
  emit: updating.emit,
} satisfies Partial<Record<keyof AutoUpdater, unknown>>);

import type { Session, WebContents } from 'electron';
import { describe, expect, test } from 'vitest';
import {
  denyPermissions,
  guardContents,
  guardPage,
} from '../../../main/hosts/electron/security/web-contents-policy.ts';
import { windowOptions } from '../../../main/hosts/electron/window/browser-window.ts';
import { createEmitter } from '../../support/rig/stand-in/emitter.ts';

const pageEvents = ['will-navigate', 'will-redirect', 'will-frame-navigate', 'will-attach-webview'];

/** Creates a page that records its listeners. */
function createPage() {
  const events = createEmitter('webContents', pageEvents);
  const opening: { handler?: Parameters<WebContents['setWindowOpenHandler']>[0] } = {};
  const page = {
    ...events.listening,
    setWindowOpenHandler: (handler: Parameters<WebContents['setWindowOpenHandler']>[0]) =>
      void (opening.handler = handler),
  };
  return { page, events, opening };
}

describe('a page in a window', () => {
  test('may load itself again and go nowhere else', () => {
    const { page, events } = createPage();
    guardPage(page);
    for (const event of ['will-navigate', 'will-redirect']) {
      expect(events.allows(event, { url: 'app://contact-sheet/' })).toBe(true);
      for (const url of [
        'https://evil.example/',
        'app://contact-sheet/picture/1',
        'file:///etc/passwd',
        'app://other/',
      ]) {
        expect(events.allows(event, { url }), `${event} ${url}`).toBe(false);
      }
    }
  });

  test('embeds no page and no webview, and opens no window', () => {
    const { page, events, opening } = createPage();
    guardPage(page);
    expect(events.allows('will-frame-navigate', { url: 'app://contact-sheet/', isMainFrame: false })).toBe(false);
    expect(events.allows('will-frame-navigate', { url: 'app://contact-sheet/', isMainFrame: true })).toBe(true);
    expect(events.allows('will-attach-webview')).toBe(false);
    const details = { url: 'app://contact-sheet/' } as Parameters<NonNullable<typeof opening.handler>>[0];
    expect(opening.handler?.(details)).toEqual({ action: 'deny' });
  });

  test('is guarded from the moment it exists, whoever makes it', () => {
    const events = createEmitter('app', ['web-contents-created']);
    const { page, events: ofPage } = createPage();
    guardContents(events.listening);
    events.emit('web-contents-created', {}, page);
    expect(ofPage.allows('will-navigate', { url: 'https://evil.example/' })).toBe(false);
  });
});

type Request = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type Check = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;
type Device = NonNullable<Parameters<Session['setDevicePermissionHandler']>[0]>;

test('a page is permitted nothing but writing to the clipboard', () => {
  const handlers: { request?: Request | null; check?: Check | null; device?: Device | null } = {};
  denyPermissions({
    setPermissionRequestHandler: (handler) => void (handlers.request = handler),
    setPermissionCheckHandler: (handler) => void (handlers.check = handler),
    setDevicePermissionHandler: (handler) => void (handlers.device = handler),
  });
  // The requesting contents don't matter: the URL does.
  const nobody = undefined as never;
  const judge = (permission: string, url: string) => {
    const answers: boolean[] = [];
    const asking = { requestingUrl: url, isMainFrame: true } as Parameters<Request>[3];
    handlers.request?.(nobody, permission as Parameters<Request>[1], (answer) => answers.push(answer), asking);
    const checked = handlers.check?.(null, permission as Parameters<Check>[1], url, {} as Parameters<Check>[3]);
    return [...answers, checked];
  };
  const own = 'app://contact-sheet/';
  expect(judge('clipboard-sanitized-write', own)).toEqual([true, true]);
  expect(judge('clipboard-sanitized-write', 'https://evil.example/')).toEqual([false, false]);
  for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'fileSystem', 'openExternal']) {
    expect(judge(permission, own), permission).toEqual([false, false]);
  }
  expect(handlers.device?.({} as Parameters<Device>[0])).toBe(false);
});

test('a window is sandboxed, isolated, without Node, and shows nothing before there is something to see', () => {
  const look = { theme: 'dark', preload: '/app/preload.cjs', bounds: undefined, isReleased: true } as const;
  const { show, backgroundColor, webPreferences } = windowOptions(look);
  expect(windowOptions({ ...look, isReleased: false }).webPreferences?.devTools).toBe(true);
  expect(show).toBe(false);
  expect(backgroundColor).not.toBe(windowOptions({ ...look, theme: 'light' }).backgroundColor);
  expect(webPreferences).toEqual({
    preload: '/app/preload.cjs',
    devTools: false,
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
    safeDialogs: true,
  });
});

import type { App, Event, Session, WebContents } from 'electron';
import { isOwnAddress, isStartAddress } from '../window/app-url.ts';

type Preventable = Pick<Event, 'preventDefault'>;

/**
 * Restricts every page of every window to the interface: no navigation, no new windows, no embedding. Called before the
 * first window.
 */
export function guardContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents));
}

export function guardPage(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  const preventNavigation = (event: Preventable & { readonly url: string }) => {
    if (!isStartAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', preventNavigation);
  contents.on('will-redirect', preventNavigation);
  contents.on('will-frame-navigate', (event) => {
    if (!event.isMainFrame) event.preventDefault();
  });
  contents.on('will-attach-webview', (event) => event.preventDefault());
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

type Permissions = Pick<
  Session,
  'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'
>;

/**
 * Denies every permission: camera, notifications, devices, reading the clipboard. Only writing text to it on a user
 * click is allowed.
 */
export function denyPermissions(session: Permissions): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(mayUse(permission, details.requestingUrl)),
  );
  session.setPermissionCheckHandler((_contents, permission, origin) => mayUse(permission, origin));
  session.setDevicePermissionHandler(() => false);
}

function mayUse(permission: string, requester: string): boolean {
  return permission === 'clipboard-sanitized-write' && isOwnAddress(requester);
}

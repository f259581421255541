import type { App, Event, Session, WebContents } from 'electron';
import { isOwnAddress, isStartAddress } from '../window/app-url.ts';

type Preventable = Pick<Event, 'preventDefault'>;

/**
 * Holds every page of every window to the interface: it goes nowhere else, opens nothing, embeds nothing. Before the
 * first window.
 */
export function guardContents(app: Pick<App, 'on'>): void {
  app.on('web-contents-created', (_event, contents) => guardPage(contents));
}

export function guardPage(contents: Pick<WebContents, 'on' | 'setWindowOpenHandler'>): void {
  const stayHere = (event: Preventable & { readonly url: string }) => {
    if (!isStartAddress(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayHere);
  contents.on('will-redirect', stayHere);
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
 * Denies a page whatever it asks for: camera, notifications, devices, reading the clipboard. Writing text to it by the
 * user's own click is all that the interface may do.
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

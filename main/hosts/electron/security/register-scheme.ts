import type { CustomScheme, Protocol } from 'electron';
import { scheme } from '../window/app-url.ts';

/** A scheme with an origin of its own, as secure as https; before the app is ready. */
const privileges: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([privileges]);
}

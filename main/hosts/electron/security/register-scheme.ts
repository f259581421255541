import type { CustomScheme, Protocol } from 'electron';
import { scheme } from '../window/app-url.ts';

/** Gives the scheme its own origin, as secure as https; must be set before the app is ready. */
const privileges: CustomScheme = {
  scheme,
  privileges: { standard: true, secure: true, supportFetchAPI: true, stream: true, codeCache: true },
};

export function registerScheme(protocol: Pick<Protocol, 'registerSchemesAsPrivileged'>): void {
  protocol.registerSchemesAsPrivileged([privileges]);
}

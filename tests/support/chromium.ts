import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Flags for a quiet Chromium without GPU and background network requests. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Finds the installed Chromium by its usual names; CONTACT_SHEET_CHROMIUM overrides it. */
export function chromiumProgram(environment: NodeJS.ProcessEnv = process.env): string {
  const named = environment['CONTACT_SHEET_CHROMIUM'];
  if (named !== undefined && named !== '') return named;
  const folders = (environment['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const names = ['chromium', 'chromium-browser', 'google-chrome'];
  const found = names.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  if (found !== undefined) return found;
  throw new Error('No Chromium was found: install Debian’s chromium, or name one by CONTACT_SHEET_CHROMIUM.');
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

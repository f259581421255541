import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import type { Environment } from '../../../adapters/helpers/child-environment.ts';
import { isRunning } from '../../../adapters/helpers/is-running.ts';
import { startApart } from '../../../adapters/helpers/start-process.ts';

/** Returns the system's command that opens a file by its type, without a shell that could misread the path. */
export function fileOpener(path: string, platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open', path];
  if (platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler', path];
  return ['xdg-open', path];
}

export type BrowserDeps = {
  readonly platform: NodeJS.Platform;
  readonly environment: Environment;
  /** Folder of the redirect file; for its owner only. */
  readonly folder: string;
};

/**
 * Opens an address in the default browser through a redirect file: other users can read the arguments of a process, but
 * not this file. Does nothing without a browser. Returns a function that removes the file.
 */
export function openBrowser(url: string, { platform, environment, folder }: BrowserDeps): () => void {
  const path = join(folder, `open-${process.pid}.html`);
  const remove = () => {
    try {
      rmSync(path, { force: true });
    } catch {
      // Its token is used up, or expires with this process.
    }
  };
  try {
    removeStaleFiles(folder);
    writeFileSync(path, redirectPage(url), { mode: 0o600, flag: 'wx' });
  } catch {
    // The disk is full or read-only: the address is in the terminal.
    return remove;
  }
  startApart(fileOpener(path, platform), environment, () => undefined);
  return remove;
}

/** Removes the files of killed processes. */
function removeStaleFiles(folder: string): void {
  for (const name of readdirSync(folder)) {
    const pid = /^open-(\d+)\.html$/.exec(name)?.[1];
    if (pid !== undefined && (Number(pid) === process.pid || !isRunning(Number(pid)))) rmSync(join(folder, name));
  }
}

function redirectPage(url: string): string {
  const address = url.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<!doctype html>
<meta charset="utf-8">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url=${address}">
<title>Contact Sheet</title>
<p><a href="${address}">Open Contact Sheet</a></p>
`;
}

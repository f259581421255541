import type { App, Dialog } from 'electron';
import type { NativeTexts } from '../app/texts.ts';

/** Some launchers of Linux packages switch Chromium's sandbox off where the system lets nobody make user namespaces. */
export function isWithoutSandbox(argv: readonly string[]): boolean {
  return argv.includes('--no-sandbox');
}

/** Says why and ends: what a page could do without the sandbox, nobody may be able to. */
export function refuseToStart(
  app: Pick<App, 'whenReady' | 'exit'>,
  dialog: Pick<Dialog, 'showErrorBox'>,
  words: NativeTexts,
): Promise<void> {
  return app.whenReady().then(() => {
    dialog.showErrorBox(words('native.needsSandbox'), words('native.needsSandboxText'));
    app.exit(1);
  });
}

import type { App, Dialog } from 'electron';
import type { NativeTexts } from '../app/texts.ts';

/** Some launchers of Linux packages disable Chromium's sandbox if the system allows no user namespaces. */
export function isWithoutSandbox(argv: readonly string[]): boolean {
  return argv.includes('--no-sandbox');
}

/** Shows why and exits: no page may run without the sandbox. */
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

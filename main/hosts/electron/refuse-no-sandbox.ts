import type { App, Dialog } from 'electron';

/** Some launchers of Linux packages switch Chromium's sandbox off where the system lets nobody make user namespaces. */
export function isWithoutSandbox(argv: readonly string[]): boolean {
  return argv.includes('--no-sandbox');
}

/** Says why and ends: what a page could do without the sandbox, nobody may be able to. */
export function refuseToStart(
  app: Pick<App, 'whenReady' | 'exit'>,
  dialog: Pick<Dialog, 'showErrorBox'>,
): Promise<void> {
  const text =
    'This system does not let the app build its sandbox, and without one it does not run. Install the deb or rpm package, or the Flatpak, which bring the permission along.';
  return app.whenReady().then(() => {
    dialog.showErrorBox('Contact Sheet needs its sandbox', text);
    app.exit(1);
  });
}

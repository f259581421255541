import type { App, BrowserWindowConstructorOptions, Dialog, IpcMain, Protocol } from 'electron';
import type { Core } from '../../core.ts';
import type { Result } from '../../domain/result.ts';
import { scheme } from './address.ts';
import { openDoor } from './door.ts';
import { forwardEvents, type Receiver } from './event-channel.ts';
import { closeBeforeQuit } from './leaving.ts';
import { denyPermissions, guardContents } from './wall.ts';
import { bringForward, showInterface, windowOptions } from './window.ts';

type ShellWindow = Parameters<typeof showInterface>[0] & Parameters<typeof bringForward>[0] & Receiver;

/** What of Electron the shell uses, and no more. */
export type ShellElectron = {
  readonly app: Pick<App, 'on' | 'exit' | 'quit'>;
  readonly dialog: Pick<Dialog, 'showErrorBox'>;
  readonly ipcMain: Pick<IpcMain, 'handle'>;
  readonly protocol: Pick<Protocol, 'handle'>;
  readonly session: Parameters<typeof denyPermissions>[0];
  readonly createWindow: (options: BrowserWindowConstructorOptions) => ShellWindow;
  readonly windows: () => readonly ShellWindow[];
  readonly systemTheme: () => 'light' | 'dark';
};

export type ShellParts = {
  readonly electron: ShellElectron;
  readonly openCore: () => Result<Core>;
  /** Answers every request for the interface and its pictures. */
  readonly createPage: (core: Core) => (request: Request) => Promise<Response>;
  readonly preload: string;
};

/** Opens the core, then its window; a core that can't open is explained in a box, and that is all. */
export async function openShell({ electron, openCore, createPage, preload }: ShellParts): Promise<void> {
  const { app, dialog, windows } = electron;
  const core = openCore();
  if (!core.ok) {
    dialog.showErrorBox('Contact Sheet can’t open its library', core.error.message);
    app.exit(1);
    return;
  }
  const stopForwarding = forwardEvents(core.value.events.listen, windows);
  const failed = (error: unknown) => void core.value.report(error);
  closeBeforeQuit(
    app,
    async () => {
      stopForwarding();
      await core.value.close();
    },
    failed,
  );
  guardContents(app);
  denyPermissions(electron.session);
  electron.protocol.handle(scheme, createPage(core.value));
  openDoor(electron.ipcMain, core.value.dispatch);
  app.on('second-instance', () => {
    for (const window of windows()) bringForward(window);
  });
  const chosen = await core.value.theme();
  const theme = chosen === 'system' ? electron.systemTheme() : chosen;
  await showInterface(electron.createWindow(windowOptions(theme, preload))).catch((error: unknown) => {
    const reference = core.value.report(error);
    dialog.showErrorBox('Contact Sheet can’t show its window', `The log has the reason as ${reference}.`);
    app.quit();
  });
}

import type { Core } from '../../../core.ts';
import type { Theme } from '../../../domain/settings.ts';
import { recoverRenderer } from './renderer-recovery.ts';
import { createCrashCount } from './crash-count.ts';
import type { AppLifecycle } from '../app/app-lifecycle.ts';
import type { AppDeps } from '../app/app-deps.ts';
import { showInterface, windowOptions } from './browser-window.ts';
import { keepWindow, workAreas } from './window-state-keeper.ts';
import { fitOnScreen, readWindowState } from './window-state.ts';

export type WindowDeps = Pick<AppDeps, 'electron' | 'start' | 'preload' | 'stateFile' | 'crashLog' | 'words'> & {
  readonly core: Core;
  readonly life: AppLifecycle;
  readonly theme: Exclude<Theme, 'system'>;
};

/** Opens the window at its last position, with the interface in it. */
export async function openWindow(deps: WindowDeps): Promise<void> {
  const { electron, core, life, theme, start, preload, stateFile, crashLog, words } = deps;
  const { app, BrowserWindow, dialog, screen, shell } = electron;
  const state = start.isSafe ? undefined : readWindowState(stateFile);
  const bounds = fitOnScreen(state?.bounds, workAreas(screen));
  const window = new BrowserWindow(windowOptions({ theme, preload, bounds, isReleased: app.isPackaged }));
  if (state?.isMaximised === true) window.maximize();
  app.on('before-quit', keepWindow(window, screen, stateFile));
  window.on('close', life.closing);
  // Windows is logging the user out.
  window.on('session-end', life.leaveQuietly);
  recoverRenderer(window.webContents, {
    dialog,
    words,
    mayReload: createCrashCount(() => performance.now()),
    report: crashLog.report,
    showLog: () => void shell.openPath(core.folders.logs),
    quit: () => app.quit(),
  });
  await showInterface(window).catch((error: unknown) => {
    dialog.showErrorBox(words('native.cannotShow'), words('native.logHas', { reference: crashLog.report(error) }));
    app.quit();
  });
}

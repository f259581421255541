import type { Core } from '../../../core.ts';
import { systemClock } from '../../shared/node/system-clock.ts';
import { scheme } from '../window/app-url.ts';
import { receiveLaunchRequests, type LaunchRequests } from './second-instance.ts';
import { openIpcEndpoint } from '../ipc/ipc-endpoint.ts';
import { forwardEvents } from '../ipc/event-channel.ts';
import { createHostCommands } from '../ipc/host-commands.ts';
import { createAppLifecycle } from './app-lifecycle.ts';
import { createAppWindows } from '../shell-integration/app-windows.ts';
import type { AppDeps } from './app-deps.ts';
import { createSystem } from '../shell-integration/shell-integration.ts';
import { followTheme } from '../window/theme.ts';
import { lookForUpdatesDaily } from '../updates/daily-look.ts';
import { denyPermissions, guardContents } from '../security/web-contents-policy.ts';
import { openWindow } from '../window/open-window.ts';
import { createMenuRequests } from '../ipc/menu-requests.ts';

/** Opens the core, then its window; shows an error dialog and exits if the core can't open. */
export async function openShell(deps: AppDeps): Promise<void> {
  const { electron, crashLog, words } = deps;
  const launchRequests = receiveLaunchRequests(electron.app, deps.readSecondStart);
  const opened = await deps.openCore();
  if (!opened.ok) {
    electron.dialog.showErrorBox(words('native.cannotOpen'), opened.error.message);
    electron.app.exit(1);
    return;
  }
  const core = opened.value;
  crashLog.logBy(core.report);
  guardContents(electron.app);
  denyPermissions(electron.session.defaultSession);
  electron.protocol.handle(scheme, deps.createPage(core));
  const lifecycle = connectApp(core, deps, launchRequests);
  await openWindow({ ...deps, core, life: lifecycle, theme: await followTheme(core, electron.nativeTheme) });
}

/** Connects the core to windows, menus and lifecycle until the app quits. */
function connectApp(core: Core, { electron, start, host, crashLog, words }: AppDeps, launchRequests: LaunchRequests) {
  const { app, BrowserWindow } = electron;
  const windows = () => BrowserWindow.getAllWindows();
  const menuRequests = createMenuRequests(() => core.events.publish({ topic: 'wishes' }));
  const search = (query: string | undefined) => {
    if (query !== undefined) menuRequests.add({ kind: 'search', query });
  };
  const appWindows = createAppWindows(electron, host.platform, words);
  const shellIntegration = createSystem(electron, core, { wishes: menuRequests, host, words });
  const stopFunctions = [
    forwardEvents(core.events.listen, windows),
    core.events.listen(appWindows.take),
    core.events.listen(shellIntegration.take),
    lookForUpdatesDaily(core, {
      clock: systemClock,
      isBusy: () => appWindows.activity().running > 0,
      failed: crashLog.report,
    }),
  ];
  openIpcEndpoint(electron.ipcMain, core.dispatchWith(createHostCommands(shellIntegration.parts)));
  const lifecycle = createAppLifecycle({
    app,
    dialog: electron.dialog,
    platform: host.platform,
    activity: appWindows.activity,
    words,
    failed: crashLog.report,
    syncStops: () => appWindows.say(words('native.syncStopped'), words('native.syncStoppedText')),
    closingWay: shellIntegration.closingWay,
    rememberWay: shellIntegration.rememberWay,
    goToBackground: appWindows.goToBackground,
    async end() {
      // The page closes first: it would request images from a closing core.
      for (const window of windows()) window.destroy();
      for (const stop of stopFunctions) stop();
      appWindows.end();
      await core.close();
    },
  });
  launchRequests.serve({ search, bringForward: appWindows.bringForward, openRecent: shellIntegration.openRecent });
  electron.autoUpdater.on('before-quit-for-update', lifecycle.expectEnd);
  electron.powerMonitor.on('shutdown', lifecycle.leaveQuietly);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) host.on(signal, lifecycle.leaveQuietly);
  search(start.search);
  return lifecycle;
}

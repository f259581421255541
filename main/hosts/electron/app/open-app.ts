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

/** Opens the core, then its window; a core that can't open is explained in a box, and that is all. */
export async function openShell(parts: AppDeps): Promise<void> {
  const { electron, crashLog, words } = parts;
  const arrivals = receiveLaunchRequests(electron.app, parts.readSecondStart);
  const opened = await parts.openCore();
  if (!opened.ok) {
    electron.dialog.showErrorBox(words('native.cannotOpen'), opened.error.message);
    electron.app.exit(1);
    return;
  }
  const core = opened.value;
  crashLog.logBy(core.report);
  guardContents(electron.app);
  denyPermissions(electron.session.defaultSession);
  electron.protocol.handle(scheme, parts.createPage(core));
  const life = liveWith(core, parts, arrivals);
  await openWindow({ ...parts, core, life, theme: await followTheme(core, electron.nativeTheme) });
}

/** Everything that goes on around the window, for as long as the app lives. */
function liveWith(core: Core, { electron, start, host, crashLog, words }: AppDeps, arrivals: LaunchRequests) {
  const { app, BrowserWindow } = electron;
  const windows = () => BrowserWindow.getAllWindows();
  const wishes = createMenuRequests(() => core.events.publish({ topic: 'wishes' }));
  const search = (query: string | undefined) => {
    if (query !== undefined) wishes.add({ kind: 'search', query });
  };
  const presence = createAppWindows(electron, host.platform, words);
  const system = createSystem(electron, core, { wishes, host, words });
  const stops = [
    forwardEvents(core.events.listen, windows),
    core.events.listen(presence.take),
    core.events.listen(system.take),
    lookForUpdatesDaily(core, {
      clock: systemClock,
      isBusy: () => presence.activity().running > 0,
      failed: crashLog.report,
    }),
  ];
  openIpcEndpoint(electron.ipcMain, core.dispatchWith(createHostCommands(system.parts)));
  const life = createAppLifecycle({
    ...{ app, dialog: electron.dialog, platform: host.platform, activity: presence.activity, words },
    failed: crashLog.report,
    syncStops: () => presence.say(words('native.syncStopped'), words('native.syncStoppedText')),
    closingWay: system.closingWay,
    rememberWay: system.rememberWay,
    goToBackground: presence.goToBackground,
    async end() {
      // The page goes first: it would ask for pictures of a core that closes.
      for (const window of windows()) window.destroy();
      for (const stop of stops) stop();
      presence.end();
      await core.close();
    },
  });
  arrivals.serve({ search, bringForward: presence.bringForward, openRecent: system.openRecent });
  electron.autoUpdater.on('before-quit-for-update', life.expectEnd);
  electron.powerMonitor.on('shutdown', life.leaveQuietly);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) host.on(signal, life.leaveQuietly);
  search(start.search);
  return life;
}

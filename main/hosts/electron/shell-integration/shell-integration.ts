import { mkdirSync } from 'node:fs';
import type { EventMessage } from '../../../contract/events.ts';
import type { Core } from '../../../core.ts';
import { usualSettings, type ClosingWay } from '../../../domain/settings.ts';
import { openAtLogin } from './login-item.ts';
import { dragBitmap } from './drag-image.ts';
import type { ElectronModules } from '../app/electron-modules.ts';
import type { HostCommandDeps } from '../ipc/host-commands.ts';
import { firstMenu, menuTemplate, type MenuTemplate } from './menu-template.ts';
import { createRecentDestinations } from './recent-destinations.ts';
import { isFolder } from './saved-copy.ts';
import type { MenuRequests } from '../ipc/menu-requests.ts';
import type { NativeTexts } from '../app/texts.ts';

export type ShellIntegrationDeps = {
  readonly wishes: MenuRequests;
  readonly host: NodeJS.Process;
  readonly words: NativeTexts;
};

export type ShellIntegration = {
  /** Dependencies of the host commands. */
  readonly parts: HostCommandDeps;
  take(message: EventMessage): void;
  /** Opens a folder that the system offered, if it is a recent destination. */
  openRecent(path: string): void;
  closingWay(): Promise<ClosingWay>;
  rememberWay(way: ClosingWay): Promise<void>;
};

/** Connects the page to the operating system, and the system to the settings. */
export function createSystem(
  electron: ElectronModules,
  core: Core,
  { wishes, host, words }: ShellIntegrationDeps,
): ShellIntegration {
  const { app, BrowserWindow, dialog, Menu, nativeImage, shell } = electron;
  const { platform, env: environment, execPath: program } = host;
  const setApplicationMenu = (template: MenuTemplate | null) =>
    Menu.setApplicationMenu(template === null ? null : Menu.buildFromTemplate(template));
  setApplicationMenu(firstMenu(platform));
  const recent = createRecentDestinations({
    app,
    Menu,
    platform,
    environment,
    words,
    isFolder,
    openFolder: (path) => void shell.openPath(path),
  });
  void core.call('settings.get', {}).then((read) => read.ok && recent.show(read.value.settings.recentDestinations));
  return {
    parts: {
      core,
      dialog,
      wishes,
      words,
      places: { current: null },
      shell: {
        showItemInFolder: (path) => shell.showItemInFolder(path),
        openExternal: (address) => shell.openExternal(address),
        async openPath(path) {
          if (path === core.folders.logs) mkdirSync(path, { recursive: true, mode: 0o700 });
          return shell.openPath(path);
        },
      },
      window: () => BrowserWindow.getAllWindows()[0],
      setMenu: (menus) => setApplicationMenu(menuTemplate(menus, platform, (id) => wishes.add({ kind: 'action', id }))),
      dragPicture(picture) {
        const { pixels, ...size } = dragBitmap(picture);
        return nativeImage.createFromBitmap(Buffer.from(pixels), size);
      },
      openAtLogin: (change) => openAtLogin({ app, platform, environment, program }, change),
    },
    take(message) {
      if (message.topic === 'settings') recent.show(message.settings.settings.recentDestinations);
    },
    openRecent: recent.open,
    async closingWay() {
      const read = await core.call('settings.get', {});
      return read.ok ? read.value.settings.closing : usualSettings.closing;
    },
    async rememberWay(way) {
      await core.call('settings.change', { closing: way });
    },
  };
}

import { mkdirSync } from 'node:fs';
import type { EventMessage } from '../../contract/events.ts';
import type { Core } from '../../core.ts';
import { usualSettings, type ClosingWay } from '../../domain/settings.ts';
import { openAtLogin } from './autostart.ts';
import { dragBitmap } from './drag-picture.ts';
import type { ElectronParts } from './electron-parts.ts';
import type { HostCommandParts } from './host-commands.ts';
import { firstMenu, menuTemplate, type MenuTemplate } from './menu-template.ts';
import type { Wishes } from './wishes.ts';

export type SystemParts = { readonly wishes: Wishes; readonly host: NodeJS.Process };

export type System = {
  /** What the page's commands work with. */
  readonly parts: HostCommandParts;
  take(message: EventMessage): void;
  closingWay(): Promise<ClosingWay>;
  rememberWay(way: ClosingWay): Promise<void>;
};

/** What the operating system does for the page, and what it is told of the settings. */
export function createSystem(electron: ElectronParts, core: Core, { wishes, host }: SystemParts): System {
  const { app, BrowserWindow, dialog, Menu, nativeImage, shell } = electron;
  const { platform, env: environment, execPath: program } = host;
  const putUp = (template: MenuTemplate | null) =>
    Menu.setApplicationMenu(template === null ? null : Menu.buildFromTemplate(template));
  putUp(firstMenu(platform));
  let lastDestination: string | null = null;
  return {
    parts: {
      ...{ core, dialog, wishes, places: { current: null } },
      shell: {
        showItemInFolder: (path) => shell.showItemInFolder(path),
        openExternal: (address) => shell.openExternal(address),
        async openPath(path) {
          if (path === core.folders.logs) mkdirSync(path, { recursive: true });
          return shell.openPath(path);
        },
      },
      window: () => BrowserWindow.getAllWindows()[0],
      setMenu: (menus) => putUp(menuTemplate(menus, platform, (id) => wishes.add({ kind: 'action', id }))),
      dragPicture(picture) {
        const { pixels, ...size } = dragBitmap(picture);
        return nativeImage.createFromBitmap(Buffer.from(pixels), size);
      },
      openAtLogin: (change) => openAtLogin({ app, platform, environment, program }, change),
    },
    take(message) {
      if (message.topic !== 'settings') return;
      const { lastDestination: newest } = message.settings.settings;
      // Linux desktops know no such list of an app's own.
      if (newest !== null && newest !== lastDestination && platform !== 'linux') app.addRecentDocument(newest);
      lastDestination = newest;
    },
    async closingWay() {
      const read = await core.call('settings.get', {});
      return read.ok ? read.value.settings.closing : usualSettings.closing;
    },
    async rememberWay(way) {
      await core.call('settings.change', { closing: way });
    },
  };
}

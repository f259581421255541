import type { Tray } from 'electron';
import type { Activity } from './activity.ts';
import type { ElectronMenu } from '../app/electron-modules.ts';
import type { MenuTemplate } from './menu-template.ts';
import type { NativeTexts } from '../app/texts.ts';

export type TrayDeps = {
  readonly createTray: () => Pick<Tray, 'setToolTip' | 'setContextMenu' | 'on' | 'destroy'>;
  readonly buildMenu: (template: MenuTemplate) => ElectronMenu;
  readonly words: NativeTexts;
  readonly open: () => void;
  readonly quit: () => void;
};

export type TrayHolder = {
  show(activity: Activity): void;
  update(activity: Activity): void;
  hide(): void;
};

/** Shows a tray icon while the window is hidden. */
export function createTrayHolder({ createTray, buildMenu, words, open, quit }: TrayDeps): TrayHolder {
  let tray: ReturnType<TrayDeps['createTray']> | undefined;
  const update = (activity: Activity) => tray?.setToolTip(describeActivity(activity, words));
  return {
    show(activity) {
      if (tray === undefined) {
        tray = createTray();
        tray.setContextMenu(
          buildMenu([
            { label: words('native.open'), click: open },
            { label: words('native.quit'), click: quit },
          ]),
        );
        tray.on('click', open);
      }
      update(activity);
    },
    update,
    hide() {
      tray?.destroy();
      tray = undefined;
    },
  };
}

export function describeActivity({ running, fraction = 0, unsettled, syncs }: Activity, words: NativeTexts): string {
  if (running > 0) return words('native.trayBusy', { files: unsettled, percent: Math.floor(fraction * 100) });
  return syncs > 0 ? words('native.traySyncing') : words('native.trayIdle');
}

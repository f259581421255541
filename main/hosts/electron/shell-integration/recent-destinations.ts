import { basename, win32 } from 'node:path';
import type { JumpListCategory, JumpListItem } from 'electron';
import type { ElectronModules } from '../app/electron-modules.ts';
import type { NativeTexts } from '../app/texts.ts';

export type RecentDestinationsDeps = Pick<ElectronModules, 'app' | 'Menu'> & {
  readonly platform: NodeJS.Platform;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly words: NativeTexts;
  readonly isFolder: (path: string) => boolean;
  readonly openFolder: (path: string) => void;
};

/**
 * Shows recent download folders in the app icon's menu, on the Windows taskbar or the macOS dock. Linux desktops have
 * no such list of an app's own; the menu bar has them everywhere.
 */
export function createRecentDestinations(deps: RecentDestinationsDeps) {
  const { app, Menu, platform, environment, words, isFolder, openFolder } = deps;
  let known: readonly string[] = [];
  let shown = '';
  const open = (path: string): void => {
    if (known.includes(path) && isFolder(path)) openFolder(path);
  };
  return {
    /**
     * Opens a folder only if the user downloaded to it, as the system passes on anything dropped onto the app's icon.
     */
    open,
    /** Shows the destinations, newest first. */
    show(destinations: readonly string[]): void {
      known = destinations;
      const text = JSON.stringify(destinations);
      if (text === shown) return;
      const [newest] = destinations;
      const isNew = shown !== '' && newest !== undefined;
      shown = text;
      if (platform === 'win32') {
        const removed = app.getJumpListSettings().removedItems;
        app.setJumpList(jumpList(destinations, { removed, name: words('native.recent'), environment }));
      }
      if (platform !== 'darwin') return;
      const items = destinations.map((path) => ({ label: basename(path), toolTip: path, click: () => open(path) }));
      app.dock?.setMenu(Menu.buildFromTemplate(items));
      if (isNew) app.addRecentDocument(newest);
    },
  };
}

type JumpListDeps = Pick<RecentDestinationsDeps, 'environment'> & {
  /** Entries that the user removed, which Windows then refuses to show. */
  readonly removed: readonly JumpListItem[];
  readonly name: string;
};

/** Windows shows as many entries as fit. Explorer opens them, without this app. */
export function jumpList(
  destinations: readonly string[],
  { removed, name, environment }: JumpListDeps,
): JumpListCategory[] {
  const program = win32.join(environment['SystemRoot'] ?? 'C:\\Windows', 'explorer.exe');
  const items = destinations
    // No Windows path contains a quotation mark: one would split the arguments.
    .filter((path) => !path.includes('"'))
    // A drive's trailing backslash would escape the quotation mark after it.
    .map((path) => ({ path, args: path.endsWith('\\') ? path : `"${path}"` }))
    .filter(({ args }) => !removed.some((item) => item.args === args))
    .map(({ path, args }) => ({
      type: 'task' as const,
      program,
      args,
      title: win32.basename(path) || path,
      // Windows rejects longer ones.
      description: path.slice(0, 260),
      iconPath: program,
      iconIndex: 0,
    }));
  return items.length === 0 ? [] : [{ type: 'custom', name, items }];
}

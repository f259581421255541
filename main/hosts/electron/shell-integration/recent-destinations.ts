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
 * Where downloads went, in the list that a right click on the app's symbol opens: of Windows' taskbar, of a Mac's dock.
 * Linux desktops have no such list of an app's own; the menu bar has them everywhere.
 */
export function createRecentDestinations(parts: RecentDestinationsDeps) {
  const { app, Menu, platform, environment, words, isFolder, openFolder } = parts;
  let known: readonly string[] = [];
  let shown = '';
  const open = (path: string): void => {
    if (known.includes(path) && isFolder(path)) openFolder(path);
  };
  return {
    /** The system may hand over whatever was dropped onto the app's symbol: only what the user downloaded to is opened. */
    open,
    /** `destinations`, the newest first. */
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

type JumpListParts = Pick<RecentDestinationsDeps, 'environment'> & {
  /** What the user took off the list, which Windows then refuses to show. */
  readonly removed: readonly JumpListItem[];
  readonly name: string;
};

/** Windows shows as many as it has room for. Each is opened by Explorer itself, without our program. */
export function jumpList(
  destinations: readonly string[],
  { removed, name, environment }: JumpListParts,
): JumpListCategory[] {
  const program = win32.join(environment['SystemRoot'] ?? 'C:\\Windows', 'explorer.exe');
  const items = destinations
    // No path on Windows holds a quotation mark: one that does would be read as more than one argument.
    .filter((path) => !path.includes('"'))
    // The backslash at the end of a drive would take the mark after it for a letter.
    .map((path) => ({ path, args: path.endsWith('\\') ? path : `"${path}"` }))
    .filter(({ args }) => !removed.some((item) => item.args === args))
    .map(({ path, args }) => ({
      ...{ type: 'task' as const, program, args, title: win32.basename(path) || path },
      // Longer ones are refused.
      description: path.slice(0, 260),
      ...{ iconPath: program, iconIndex: 0 },
    }));
  return items.length === 0 ? [] : [{ type: 'custom', name, items }];
}

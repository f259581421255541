import type { MenuItemConstructorOptions } from 'electron';
import type { MenuDescription, MenuEntry } from '../../../contract/commands/host.ts';

export type MenuTemplate = MenuItemConstructorOptions[];

/**
 * Creates the menu bar that the page describes. Shortcuts are shown but not registered: the page handles them, and
 * knows when text is being typed. On macOS, where menu shortcuts always apply, only those with Command are shown, and
 * not the system's own editing ones.
 */
export function menuTemplate(
  menus: readonly MenuDescription[],
  platform: NodeJS.Platform,
  chosen: (id: string) => void,
): MenuTemplate {
  return menus.map(({ label, role, entries }) => ({
    label,
    ...(role === null ? {} : { role }),
    submenu: entries.map((entry) => toItem(entry, platform, chosen)),
  }));
}

function toItem(entry: MenuEntry, platform: NodeJS.Platform, chosen: (id: string) => void): MenuItemConstructorOptions {
  if (entry.kind === 'separator') return { type: 'separator' };
  if (entry.kind === 'role') return { role: entry.role, label: entry.label };
  const { id, label, shortcut, isPossible, isOn } = entry;
  const accelerator = shortcut === null ? undefined : toAccelerator(shortcut, platform);
  return {
    id,
    label,
    enabled: isPossible,
    registerAccelerator: false,
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(isOn === null ? {} : { type: 'checkbox', checked: isOn }),
    click: () => chosen(id),
  };
}

const systemKeys = new Set(['A', 'C', 'V', 'X', 'Z', 'Q', 'H', 'M', 'W']);

/** Returns Electron's name for keys such as `Mod+Shift+A`; undefined if they should not be shown. */
export function toAccelerator(shortcut: string, platform: NodeJS.Platform): string | undefined {
  const [, modifiers = '', key = ''] = /^((?:(?:Mod|Shift)\+)*)(.+)$/.exec(shortcut) ?? [];
  if (!modifiers.includes('Mod')) return undefined;
  if (platform === 'darwin' && systemKeys.has(key.toUpperCase())) return undefined;
  return modifiers.replace('Mod', 'CommandOrControl') + (key === '+' ? 'Plus' : key);
}

/** The menu before a page has described its own: macOS editing keys work only through the menu. */
export function firstMenu(platform: NodeJS.Platform): MenuTemplate | null {
  return platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : null;
}

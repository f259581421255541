import type { MenuItemConstructorOptions } from 'electron';
import type { MenuDescription, MenuEntry } from '../../../contract/commands/host.ts';

export type MenuTemplate = MenuItemConstructorOptions[];

/**
 * The menu bar as the page describes it. An action's keys are shown and not registered: the page listens for them, and
 * knows when something is being typed. On a Mac, where keys in a menu always count, only those with Command are shown,
 * and not those of the system's own editing.
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
    ...{ id, label, enabled: isPossible, registerAccelerator: false },
    ...(accelerator === undefined ? {} : { accelerator }),
    ...(isOn === null ? {} : { type: 'checkbox', checked: isOn }),
    click: () => chosen(id),
  };
}

const ofTheSystem = new Set(['A', 'C', 'V', 'X', 'Z', 'Q', 'H', 'M', 'W']);

/** Electron's name for keys such as `Mod+Shift+A`; undefined where they are better not shown. */
export function toAccelerator(shortcut: string, platform: NodeJS.Platform): string | undefined {
  const [, modifiers = '', key = ''] = /^((?:(?:Mod|Shift)\+)*)(.+)$/.exec(shortcut) ?? [];
  if (!modifiers.includes('Mod')) return undefined;
  if (platform === 'darwin' && ofTheSystem.has(key.toUpperCase())) return undefined;
  return modifiers.replace('Mod', 'CommandOrControl') + (key === '+' ? 'Plus' : key);
}

/** What there is before a page has described its own: a Mac's editing keys work by the menu alone. */
export function firstMenu(platform: NodeJS.Platform): MenuTemplate | null {
  return platform === 'darwin' ? [{ role: 'appMenu' }, { role: 'editMenu' }, { role: 'windowMenu' }] : null;
}

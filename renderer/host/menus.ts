import type { CallOf } from '../../main/contract/command.ts';
import type { HostCommands } from '../../main/contract/commands/host.ts';
import type { Action } from '../actions/action.ts';
import type { Actions } from '../actions/actions.ts';
import type { MessageKey, Translate } from '../../main/messages/messages.ts';

type Menus = CallOf<HostCommands['host.menu']>['menus'];
type Entry = Menus[number]['entries'][number];
type Role = Extract<Entry, { kind: 'role' }>['role'];

export type MenuDeps = {
  readonly actions: Actions;
  readonly translate: Translate;
  /** Newest first. */
  readonly destinations: readonly string[];
  readonly isMac: boolean;
};

export const destinationPrefix = 'destination.';

/** The menu bar: the page's actions, as they stand now, among what the system does itself. */
export function describeMenus(parts: MenuDeps): Menus {
  const { translate, isMac } = parts;
  const make = createEntries(parts);
  return [
    ...(isMac ? [{ label: 'Contact Sheet', entries: entriesOfTheMac(make) }] : []),
    { label: translate('menu.file'), entries: fileEntries(make, parts) },
    { label: translate('menu.edit'), entries: editEntries(make) },
    { label: translate('menu.view'), entries: viewEntries(make) },
    {
      label: translate('menu.image'),
      entries: [make.action('openAddress'), make.action('reveal'), make.action('openFile')],
    },
    {
      ...{ label: translate('menu.window'), role: 'window' },
      entries: [make.role('minimize', 'menu.minimise'), make.role('close', 'menu.close')],
    },
    {
      ...{ label: translate('menu.help'), role: 'help' },
      entries: [
        ...[make.action('shortcuts'), make.action('showLog')],
        ...(isMac ? [] : [make.action('checkForUpdates')]),
        ...(isMac ? [] : [separator, make.role('about', 'menu.about')]),
      ],
    },
  ];
}

const separator: Entry = { kind: 'separator' };

type Make = ReturnType<typeof createEntries>;

function createEntries({ actions, translate }: MenuDeps) {
  const named: Readonly<Record<string, Action>> = actions;
  return {
    action(id: keyof Actions): Entry {
      const { label, shortcut, isPossible, isOn }: Action = named[id] ?? actions.search;
      const stand = { isPossible: isPossible(), isOn: isOn?.() ?? null };
      return { kind: 'action', id, label: translate(label), shortcut: shortcut ?? null, ...stand };
    },
    role: (role: Role, label: MessageKey): Entry => ({ kind: 'role', role, label: translate(label) }),
  };
}

function entriesOfTheMac({ action, role }: Make): Entry[] {
  return [
    ...[
      role('about', 'menu.about'),
      action('checkForUpdates'),
      separator,
      action('settings'),
      separator,
      role('hide', 'menu.hide'),
    ],
    ...[role('hideOthers', 'menu.hideOthers'), role('unhide', 'menu.unhide'), separator, role('quit', 'menu.quit')],
  ];
}

function fileEntries({ action, role }: Make, { destinations, isMac }: MenuDeps): Entry[] {
  const recent = destinations.map((path, index): Entry => {
    return { kind: 'action', id: `${destinationPrefix}${index}`, label: shorten(path), isPossible: true };
  });
  return [
    ...[action('sync'), action('download'), separator, action('addAccount'), action('addSample'), separator],
    ...(recent.length === 0 ? [] : [...recent, separator]),
    ...(isMac ? [role('close', 'menu.close')] : [action('settings'), separator, role('quit', 'menu.quit')]),
  ];
}

function editEntries({ action, role }: Make): Entry[] {
  return [
    ...[role('undo', 'menu.undo'), role('redo', 'menu.redo'), separator],
    ...[role('cut', 'menu.cut'), role('copy', 'menu.copy'), role('paste', 'menu.paste'), separator],
    ...[action('selectAll'), action('selectNone'), action('invert'), action('addResult'), action('removeResult')],
  ];
}

function viewEntries({ action, role }: Make): Entry[] {
  return [
    ...[action('search'), action('sidebar'), action('inspector'), action('transfers'), action('journal')],
    ...[separator, action('larger'), action('smaller'), separator, role('togglefullscreen', 'menu.fullScreen')],
  ];
}

const longestLabel = 60;

/** The end of a path says more than its beginning. */
function shorten(path: string): string {
  return path.length <= longestLabel ? path : `…${path.slice(1 - longestLabel)}`;
}

import type { CallOf } from '../../main/contract/command.ts';
import type { HostCommands } from '../../main/contract/host.ts';
import type { Action } from '../actions/action.ts';
import type { Actions } from '../actions/actions.ts';
import type { Translate } from '../messages/messages.ts';

type Menus = CallOf<HostCommands['host.menu']>['menus'];
type Entry = Menus[number]['entries'][number];
type Role = Extract<Entry, { kind: 'role' }>['role'];

export type MenuParts = {
  readonly actions: Actions;
  readonly translate: Translate;
  /** Newest first. */
  readonly destinations: readonly string[];
  readonly isMac: boolean;
};

export const destinationPrefix = 'destination.';

const separator: Entry = { kind: 'separator' };

/** The menu bar: the page's actions, as they stand now, among what the system does itself. */
export function describeMenus({ actions, translate, destinations, isMac }: MenuParts): Menus {
  const named: Readonly<Record<string, Action>> = actions;
  const action = (id: keyof Actions): Entry => {
    const { label, shortcut = null, isPossible, isOn } = named[id] ?? actions.search;
    return {
      ...{ kind: 'action' as const, id, label: translate(label), shortcut },
      ...{ isPossible: isPossible(), isOn: isOn?.() ?? null },
    };
  };
  const role = (name: Role, label: string): Entry => ({ kind: 'role', role: name, label });
  const quit = role('quit', translate('menu.quit'));
  const about = role('about', translate('menu.about'));
  const recent = destinations.map((path, index): Entry => {
    return { kind: 'action', id: `${destinationPrefix}${index}`, label: shorten(path), isPossible: true };
  });
  const ofTheMac: Menus[number] = {
    label: 'Contact Sheet',
    entries: [
      ...[about, separator, action('settings'), separator, role('hide', translate('menu.hide'))],
      ...[role('hideOthers', translate('menu.hideOthers')), role('unhide', translate('menu.unhide')), separator, quit],
    ],
  };
  return [
    ...(isMac ? [ofTheMac] : []),
    {
      label: translate('menu.file'),
      entries: [
        ...[action('sync'), action('download'), separator, action('addAccount'), action('addSample'), separator],
        ...(recent.length === 0 ? [] : [...recent, separator]),
        ...(isMac ? [role('close', translate('menu.close'))] : [action('settings'), separator, quit]),
      ],
    },
    {
      label: translate('menu.edit'),
      entries: [
        ...[role('undo', translate('menu.undo')), role('redo', translate('menu.redo')), separator],
        ...[role('cut', translate('menu.cut')), role('copy', translate('menu.copy'))],
        ...[role('paste', translate('menu.paste')), separator],
        ...[action('selectAll'), action('selectNone'), action('invert')],
      ],
    },
    {
      label: translate('menu.view'),
      entries: [
        ...[action('search'), action('sidebar'), action('inspector'), action('transfers'), action('journal')],
        ...[separator, action('larger'), action('smaller'), separator],
        role('togglefullscreen', translate('menu.fullScreen')),
      ],
    },
    {
      label: translate('menu.image'),
      entries: [action('openAddress'), action('reveal'), action('openFile')],
    },
    {
      ...{ label: translate('menu.window'), role: 'window' },
      entries: [role('minimize', translate('menu.minimise')), role('close', translate('menu.close'))],
    },
    {
      ...{ label: translate('menu.help'), role: 'help' },
      entries: [action('shortcuts'), action('showLog'), ...(isMac ? [] : [separator, about])],
    },
  ];
}

const longestLabel = 60;

/** The end of a path says more than its beginning. */
function shorten(path: string): string {
  return path.length <= longestLabel ? path : `…${path.slice(1 - longestLabel)}`;
}

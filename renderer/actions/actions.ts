import ArrowDownToLine from '@lucide/svelte/icons/arrow-down-to-line';
import BookOpenText from '@lucide/svelte/icons/book-open-text';
import CheckCheck from '@lucide/svelte/icons/check-check';
import Contrast from '@lucide/svelte/icons/contrast';
import Hash from '@lucide/svelte/icons/hash';
import Images from '@lucide/svelte/icons/images';
import Keyboard from '@lucide/svelte/icons/keyboard';
import ListChecks from '@lucide/svelte/icons/list-checks';
import ListMinus from '@lucide/svelte/icons/list-minus';
import ListPlus from '@lucide/svelte/icons/list-plus';
import PanelLeft from '@lucide/svelte/icons/panel-left';
import PanelRight from '@lucide/svelte/icons/panel-right';
import Plus from '@lucide/svelte/icons/plus';
import RefreshCw from '@lucide/svelte/icons/refresh-cw';
import Search from '@lucide/svelte/icons/search';
import SettingsIcon from '@lucide/svelte/icons/settings';
import SquareX from '@lucide/svelte/icons/square-x';
import ZoomIn from '@lucide/svelte/icons/zoom-in';
import ZoomOut from '@lucide/svelte/icons/zoom-out';
import { tileSizePx } from '../../main/domain/settings.ts';
import type { AppDeps } from '../app-deps.ts';
import { addSampleLibrary } from '../accounts/add-sample.ts';
import { hostActions } from '../host/host-actions.ts';
import { focusSearch } from '../search/focus-search.ts';
import { clearSelection, removeResult, selectAll } from '../selection/clear-selection.ts';
import type { Action } from './action.ts';

export type Actions = ReturnType<typeof createActions>;

const zoomStep = 1.25;

export function createActions(app: AppDeps) {
  return {
    ...selectionActions(app),
    ...viewActions(app),
    ...libraryActions(app),
    ...hostActions(app),
  } satisfies Record<string, Action>;
}

function selectionActions(app: AppDeps) {
  const { chosen, gallery, dialogs } = app;
  const hasRows = () => (gallery.result?.count ?? 0) > 0;
  return {
    selectAll: {
      label: 'action.selectAll',
      icon: CheckCheck,
      shortcut: 'Mod+A',
      isPossible: hasRows,
      run: () => selectAll(app),
    },
    selectNone: {
      ...{ label: 'action.selectNone', icon: SquareX, shortcut: 'Escape' },
      isPossible: () => !chosen.isEmpty,
      run: () => clearSelection(app),
    },
    invert: {
      label: 'action.invert',
      icon: Contrast,
      shortcut: 'Mod+I',
      isPossible: hasRows,
      run: () => chosen.invert(),
    },
    addResult: {
      ...{ label: 'action.addResult', icon: ListPlus, shortcut: 'Mod+Shift+A' },
      isPossible: () => hasRows() && !chosen.isEmpty,
      run: () => chosen.change('add'),
    },
    removeResult: {
      ...{ label: 'action.removeResult', icon: ListMinus, shortcut: 'Mod+Shift+X' },
      isPossible: () => hasRows() && !chosen.isEmpty,
      run: () => removeResult(app),
    },
    download: {
      ...{ label: 'action.download', icon: ArrowDownToLine, shortcut: 'Mod+D' },
      isPossible: () => chosen.totals.count > 0,
      run: () => dialogs.open({ kind: 'plan' }),
    },
  } satisfies Record<string, Action>;
}

function viewActions({ gallery, settings, dialogs, panels, transfers }: AppDeps) {
  const always = () => true;
  const zoom = (factor: number) => {
    const size = Math.round(gallery.view.tileSize * factor);
    const tileSize = Math.min(tileSizePx.most, Math.max(tileSizePx.least, size));
    gallery.view.resize({ tileSize });
    void settings.change({ tileSize });
  };
  return {
    search: {
      ...{ label: 'action.search', icon: Search, shortcut: '/', alsoBy: 'Mod+F', isPossible: always },
      run: focusSearch,
    },
    goTo: {
      ...{ label: 'action.goTo', icon: Hash, shortcut: 'Mod+G' },
      isPossible: () => (gallery.result?.count ?? 0) > 0,
      run: () => dialogs.open({ kind: 'go-to' }),
    },
    sidebar: {
      ...{ label: 'action.sidebar', icon: PanelLeft, shortcut: 'Mod+B', isPossible: always },
      isOn: () => panels.isOpen('sidebar'),
      run: () => panels.toggle('sidebar'),
    },
    inspector: {
      ...{ label: 'action.inspector', icon: PanelRight, shortcut: 'Mod+Shift+B', isPossible: always },
      isOn: () => panels.isOpen('inspector'),
      run: () => panels.toggle('inspector'),
    },
    larger: { label: 'action.larger', icon: ZoomIn, shortcut: '+', isPossible: always, run: () => zoom(zoomStep) },
    smaller: {
      label: 'action.smaller',
      icon: ZoomOut,
      shortcut: '-',
      isPossible: always,
      run: () => zoom(1 / zoomStep),
    },
    transfers: {
      ...{ label: 'action.transfers', icon: ListChecks, shortcut: 'Mod+J', isPossible: always },
      isOn: () => transfers.isOpen,
      run: () => (transfers.isOpen = !transfers.isOpen),
    },
    settings: {
      ...{ label: 'action.settings', icon: SettingsIcon, shortcut: 'Mod+,', isPossible: always },
      run: () => dialogs.open({ kind: 'settings' }),
    },
    shortcuts: {
      ...{ label: 'action.shortcuts', icon: Keyboard, shortcut: '?', isPossible: always },
      run: () => dialogs.open({ kind: 'shortcuts' }),
    },
  } satisfies Record<string, Action>;
}

function libraryActions(app: AppDeps) {
  const { accounts, syncs, dialogs } = app;
  return {
    sync: {
      ...{ label: 'action.sync', icon: RefreshCw, shortcut: 'Mod+Shift+S' },
      isPossible: () => accounts.list.length > 0 && syncs.running.length === 0,
      run: () => void Promise.all(accounts.list.map(({ id }) => syncs.run(id))),
    },
    journal: {
      ...{ label: 'action.journal', icon: BookOpenText },
      isPossible: () => accounts.list.length > 0,
      run: () => dialogs.open({ kind: 'journal' }),
    },
    addAccount: {
      ...{ label: 'action.addAccount', icon: Plus, isPossible: () => true },
      run: () => dialogs.open({ kind: 'add-account' }),
    },
    addSample: {
      ...{ label: 'action.addSample', icon: Images },
      isPossible: () => accounts.list.every(({ kind }) => kind !== 'sample'),
      run: () => void addSampleLibrary(app),
    },
  } satisfies Record<string, Action>;
}

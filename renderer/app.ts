import type { Language } from '../main/domain/language.ts';
import type { AppDeps } from './app-deps.ts';
import { Accounts } from './accounts/accounts.svelte.ts';
import { createActions, type Actions } from './actions/actions.ts';
import type { RpcClient } from './client/connect.svelte.ts';
import { Dialogs } from './frame/dialogs.svelte.ts';
import { Notices } from './frame/notices.svelte.ts';
import { Panels } from './frame/panels.svelte.ts';
import { Gallery } from './gallery/gallery.svelte.ts';
import { createFormat } from '../main/messages/format.ts';
import { createTranslate } from '../main/messages/messages.ts';
import { SelectionState } from './selection/selection.svelte.ts';
import { Settings } from './settings/settings.svelte.ts';
import { Library } from './sidebar/library.svelte.ts';
import { Syncs } from './syncs/syncs.svelte.ts';
import { Transfers } from './transfers/transfers.svelte.ts';
import { Updates } from './updates/updates.svelte.ts';

export type App = AppDeps & { readonly actions: Actions };

/** Makes every part of the interface over one door, from the outside in; nothing is asked yet. */
export function createApp(door: RpcClient, { language, locale }: { language: Language; locale: string }): App {
  const translate = createTranslate(locale, language);
  const format = createFormat(locale, translate, () => document.documentElement.dir);
  const notices = new Notices();
  const dialogs = new Dialogs();
  const settings = new Settings(door, notices);
  const panels = new Panels(settings);
  const accounts = new Accounts(door, notices);
  const library = new Library();
  const syncs = new Syncs(door, notices);
  const transfers = new Transfers(door, notices);
  const gallery = new Gallery(door);
  const chosen = new SelectionState({ door, gallery, notices, translate });
  for (const { counted } of [library, syncs, chosen]) gallery.counted.push(counted);
  const parts = { door, translate, format, notices, dialogs, settings, panels, accounts, library, syncs, transfers };
  const app = { ...parts, gallery, chosen, updates: new Updates(door, notices) };
  return { ...app, actions: createActions(app) };
}

/** Listens first, then reads how things stand. */
export async function startApp(app: App): Promise<void> {
  const { settings, accounts, syncs, transfers, gallery, updates } = app;
  for (const part of [settings, accounts, syncs, transfers, gallery, updates]) part.listen();
  // Until it is laid out, no more than the window can hold: so many rows are asked for.
  gallery.view.resize({ width: window.innerWidth, height: window.innerHeight });
  await loadApp(app);
}

/** Reads how things stand, at the start and whenever the connection was lost; the pictures first. */
export async function loadApp(app: App): Promise<void> {
  const { settings, accounts, syncs, transfers, gallery, updates } = app;
  const readSettings = async () => {
    await settings.load();
    gallery.view.resize({ tileSize: settings.values.tileSize });
  };
  const parts = [readSettings, gallery.load, accounts.load, syncs.load, transfers.load, updates.load];
  await Promise.all(parts.map((load) => load()));
}

import type { Accounts } from './accounts/accounts.svelte.ts';
import type { RpcClient } from './client/connect.svelte.ts';
import type { Dialogs } from './frame/dialogs.svelte.ts';
import type { Notices } from './frame/notices.svelte.ts';
import type { Panels } from './frame/panels.svelte.ts';
import type { Gallery } from './gallery/gallery.svelte.ts';
import type { Format } from '../main/messages/format.ts';
import type { Translate } from '../main/messages/messages.ts';
import type { SelectionState } from './selection/selection.svelte.ts';
import type { Settings } from './settings/settings.svelte.ts';
import type { Library } from './sidebar/library.svelte.ts';
import type { Syncs } from './syncs/syncs.svelte.ts';
import type { Transfers } from './transfers/transfers.svelte.ts';
import type { Updates } from './updates/updates.svelte.ts';

/** Every part of the interface but what can be done with them. */
export type AppDeps = {
  readonly door: RpcClient;
  readonly translate: Translate;
  readonly format: Format;
  readonly notices: Notices;
  readonly dialogs: Dialogs;
  readonly settings: Settings;
  readonly panels: Panels;
  readonly accounts: Accounts;
  readonly library: Library;
  readonly syncs: Syncs;
  readonly transfers: Transfers;
  readonly gallery: Gallery;
  readonly chosen: SelectionState;
  readonly updates: Updates;
};

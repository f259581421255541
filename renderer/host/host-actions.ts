import CloudDownload from '@lucide/svelte/icons/cloud-download';
import ExternalLink from '@lucide/svelte/icons/external-link';
import FileImage from '@lucide/svelte/icons/file-image';
import FolderSearch from '@lucide/svelte/icons/folder-search';
import ScrollText from '@lucide/svelte/icons/scroll-text';
import type { ImageRow } from '../../main/contract/commands/catalogue.ts';
import type { Result } from '../../main/domain/result.ts';
import type { Action } from '../actions/action.ts';
import type { AppDeps } from '../app-deps.ts';
import { hostOf } from './host.ts';

/** What is done with an image outside of the page, and with the log. */
export function hostActions({ door, gallery, notices, updates, dialogs }: AppDeps) {
  const host = hostOf(door);
  const active = () => gallery.activeRow;
  const isSaved = () => host !== undefined && (active()?.downloaded ?? null) !== null;
  const tell = async (asked: Promise<Result<unknown>> | undefined) => {
    const result = await asked;
    if (result?.ok === false) notices.failed(result.error);
  };
  const withActive = (act: (row: ImageRow) => Promise<Result<unknown>> | undefined) => {
    const row = active();
    if (row !== undefined) void tell(act(row));
  };
  return {
    openAddress: {
      ...{ label: 'action.openAddress', icon: ExternalLink },
      isPossible: () => webAddress(active()?.url) !== undefined,
      run: () =>
        withActive((row) => {
          if (host !== undefined) return host('host.openAddress', keyOf(row));
          window.open(webAddress(row.url), '_blank', 'noopener,noreferrer');
          return undefined;
        }),
    },
    reveal: {
      ...{ label: 'action.reveal', icon: FolderSearch, isPossible: isSaved },
      run: () => withActive((row) => host?.('host.reveal', keyOf(row))),
    },
    openFile: {
      ...{ label: 'action.openFile', icon: FileImage, isPossible: isSaved },
      run: () => withActive((row) => host?.('host.openFile', keyOf(row))),
    },
    checkForUpdates: {
      ...{ label: 'action.checkForUpdates', icon: CloudDownload, isPossible: () => updates.isPossible },
      run() {
        dialogs.open({ kind: 'settings', at: 'updates' });
        void updates.check();
      },
    },
    showLog: {
      ...{ label: 'action.showLog', icon: ScrollText, isPossible: () => host !== undefined },
      run: () => void tell(host?.('host.showLog', {})),
    },
  } satisfies Record<string, Action>;
}

/** Only https is opened: everything else may be anything. */
function webAddress(address: string | undefined): string | undefined {
  const url = address === undefined ? null : URL.parse(address);
  return url?.protocol === 'https:' ? url.href : undefined;
}

function keyOf({ accountId, id }: ImageRow) {
  return { accountId, id };
}

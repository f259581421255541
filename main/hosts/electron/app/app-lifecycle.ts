import type { App, Dialog, Event } from 'electron';
import type { ClosingWay } from '../../../domain/settings.ts';
import { showQuitDialog } from './quit-dialog.ts';
import type { Activity } from '../shell-integration/activity.ts';
import { closeBeforeQuit, decideQuit } from './quit.ts';
import type { NativeTexts } from './texts.ts';

export type AppLifecycleDeps = {
  readonly app: Pick<App, 'on' | 'exit' | 'quit'>;
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly platform: NodeJS.Platform;
  readonly words: NativeTexts;
  /** Says that a sync ends with the app, where nothing was asked. */
  readonly syncStops: () => void;
  readonly activity: () => Activity;
  readonly closingWay: () => Promise<ClosingWay>;
  readonly rememberWay: (way: ClosingWay) => Promise<void>;
  /** Takes the windows out of sight; the app goes on. */
  readonly goToBackground: () => void;
  /** Ends everything; before the core lets go, the windows are closed, so that no page misses its answers. */
  readonly end: () => Promise<void>;
  readonly failed: (error: unknown) => void;
};

export type AppLifecycle = {
  /** The user closes the window. */
  closing(event: Pick<Event, 'preventDefault'>): void;
  /** Ends the app without asking: the system shuts down, or whoever started it wants it to. */
  leaveQuietly(): void;
  /** An update has been installed: what quits the app next is not asked about. */
  expectEnd(): void;
};

/** When the app ends, and when it only goes out of sight. */
export function createAppLifecycle(parts: AppLifecycleDeps): AppLifecycle {
  const { app, dialog, platform, activity, words, failed } = parts;
  let isDecided = false;
  const settle = async (wish: 'close' | 'quit'): Promise<'leave' | 'background' | 'stay'> => {
    const decided = isDecided ? 'leave' : decideQuit(wish, await parts.closingWay(), activity());
    if (decided === 'leave' && !isDecided && activity().syncs > 0) parts.syncStops();
    if (decided !== 'ask') return decided;
    const { way, isRemembered } = await showQuitDialog(dialog, activity(), words);
    if (way === 'cancel') return 'stay';
    if (isRemembered) await parts.rememberWay(way);
    return way === 'quit' ? 'leave' : way;
  };
  closeBeforeQuit(app, {
    async mayLeave() {
      const settled = await settle('quit');
      if (settled === 'background') parts.goToBackground();
      return settled === 'leave';
    },
    close: parts.end,
    failed,
  });
  let isAsking = false;
  return {
    closing(event) {
      event.preventDefault();
      // On a Mac an app without a window goes on, and its symbol in the dock brings the window back.
      if (platform === 'darwin') return parts.goToBackground();
      if (isAsking) return;
      isAsking = true;
      settle('close')
        .then((settled) => {
          if (settled === 'background') parts.goToBackground();
          if (settled !== 'leave') return;
          isDecided = true;
          app.quit();
        })
        .catch(failed)
        .finally(() => (isAsking = false));
    },
    leaveQuietly() {
      isDecided = true;
      app.quit();
    },
    expectEnd() {
      isDecided = true;
    },
  };
}

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
  /** Notifies that a sync ends with the app, if no dialog was shown. */
  readonly syncStops: () => void;
  readonly activity: () => Activity;
  readonly closingWay: () => Promise<ClosingWay>;
  readonly rememberWay: (way: ClosingWay) => Promise<void>;
  /** Hides the windows; the app keeps running. */
  readonly goToBackground: () => void;
  /** Closes everything: the windows before the core, so that no page misses its answers. */
  readonly end: () => Promise<void>;
  readonly failed: (error: unknown) => void;
};

export type AppLifecycle = {
  /** Handles the user closing the window. */
  closing(event: Pick<Event, 'preventDefault'>): void;
  /** Quits without asking, as the system shuts down or whoever started the app wants it to. */
  leaveQuietly(): void;
  /** Lets the next quit pass without a dialog, as an update was installed. */
  expectEnd(): void;
};

/** Decides when the app quits, and when it only hides. */
export function createAppLifecycle(deps: AppLifecycleDeps): AppLifecycle {
  const { app, dialog, platform, activity, words, failed } = deps;
  let isConfirmed = false;
  const decide = async (trigger: 'close' | 'quit'): Promise<'leave' | 'background' | 'stay'> => {
    const choice = isConfirmed ? 'leave' : decideQuit(trigger, await deps.closingWay(), activity());
    if (choice === 'leave' && !isConfirmed && activity().syncs > 0) deps.syncStops();
    if (choice !== 'ask') return choice;
    const { way, isRemembered } = await showQuitDialog(dialog, activity(), words);
    if (way === 'cancel') return 'stay';
    if (isRemembered) await deps.rememberWay(way);
    return way === 'quit' ? 'leave' : way;
  };
  closeBeforeQuit(app, {
    async mayLeave() {
      const decision = await decide('quit');
      if (decision === 'background') deps.goToBackground();
      return decision === 'leave';
    },
    close: deps.end,
    failed,
  });
  let isAsking = false;
  return {
    closing(event) {
      event.preventDefault();
      // On macOS an app without a window keeps running, and its dock icon brings the window back.
      if (platform === 'darwin') return deps.goToBackground();
      if (isAsking) return;
      isAsking = true;
      decide('close')
        .then((decision) => {
          if (decision === 'background') deps.goToBackground();
          if (decision !== 'leave') return;
          isConfirmed = true;
          app.quit();
        })
        .catch(failed)
        .finally(() => (isAsking = false));
    },
    leaveQuietly() {
      isConfirmed = true;
      app.quit();
    },
    expectEnd() {
      isConfirmed = true;
    },
  };
}

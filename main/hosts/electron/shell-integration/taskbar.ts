import type { App, BrowserWindow, NativeImage, NotificationConstructorOptions, PowerSaveBlocker } from 'electron';
import type { EventMessage } from '../../../contract/events.ts';
import { createBatchWatch, type Activity } from './activity.ts';
import type { NativeTexts } from '../app/texts.ts';

export type TaskbarDeps = {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly windows: () => readonly Pick<
    BrowserWindow,
    'isDestroyed' | 'setProgressBar' | 'isFocused' | 'setOverlayIcon'
  >[];
  /** Shows a notification if the system supports it; calls `clicked` when the user clicks it. */
  readonly notify: (options: NotificationConstructorOptions, clicked: () => void) => void;
  readonly words: NativeTexts;
  readonly bringForward: () => void;
  readonly changed: (activity: Activity) => void;
  /** Draws the overlay on the app's taskbar icon; undefined if the taskbar has none. */
  readonly drawOverlay: (() => NativeImage) | undefined;
};

export type Taskbar = {
  take(message: EventMessage): void;
  activity(): Activity;
  /** Releases what was requested from the system. */
  end(): void;
};

type Snapshot = Extract<EventMessage, { topic: 'batch' }>['batch'];

/** Shows downloads outside the page, in the taskbar or dock and as notifications; prevents sleep while they run. */
export function createTaskbar(deps: TaskbarDeps): Taskbar {
  const { app, powerSaveBlocker, windows, notify, bringForward, changed, drawOverlay, words } = deps;
  const watch = createBatchWatch();
  let blocker: number | undefined;
  const keepAwake = (isWanted: boolean) => {
    if (isWanted) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  let shownCount = 0;
  /** macOS and some Linux docks show a count; Windows shows an overlay, described for screen readers. */
  const updateBadge = (batches: number) => {
    if (batches === shownCount) return;
    shownCount = batches;
    app.setBadgeCount(batches);
    if (drawOverlay === undefined) return;
    const image = batches === 0 ? null : drawOverlay();
    for (const window of windows()) {
      if (!window.isDestroyed())
        window.setOverlayIcon(image, batches === 0 ? '' : words('native.overlay', { batches }));
    }
  };
  const show = (activity: Activity) => {
    for (const window of windows()) {
      if (!window.isDestroyed()) window.setProgressBar(activity.fraction ?? -1);
    }
    updateBadge(activity.running);
    keepAwake(activity.running > 0);
    changed(activity);
  };
  return {
    take(message) {
      if (message.topic === 'sync') {
        watch.takeSync(message.sync);
        changed(watch.activity());
      }
      if (message.topic !== 'batch') return;
      const ended = watch.take(message.batch);
      show(watch.activity());
      const isSeen = windows().some((window) => !window.isDestroyed() && window.isFocused());
      if (ended !== undefined && !isSeen) notify(describeEnd(ended, words), bringForward);
    },
    activity: watch.activity,
    end: () => keepAwake(false),
  };
}

export function describeEnd({ state, done, failed }: Snapshot, words: NativeTexts): NotificationConstructorOptions {
  const finished = failed > 0 ? words('native.failed') : words('native.ended');
  return {
    title: state === 'finished' ? finished : words('native.stopped'),
    body: words('native.endedText', { done, failed }),
  };
}

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
  /** Shows a notification where the system has such; `clicked` when the user wants to see more. */
  readonly notify: (options: NotificationConstructorOptions, clicked: () => void) => void;
  readonly words: NativeTexts;
  readonly bringForward: () => void;
  readonly changed: (activity: Activity) => void;
  /** Draws the mark over the app's symbol in the taskbar; undefined where taskbars have none. */
  readonly drawOverlay: (() => NativeImage) | undefined;
};

export type Taskbar = {
  take(message: EventMessage): void;
  activity(): Activity;
  /** Takes back what the system was asked for. */
  end(): void;
};

type Snapshot = Extract<EventMessage, { topic: 'batch' }>['batch'];

/** What of downloads is seen outside of the page: in the taskbar or dock, as notifications; no sleep while they run. */
export function createTaskbar(parts: TaskbarDeps): Taskbar {
  const { app, powerSaveBlocker, windows, notify, bringForward, changed, drawOverlay, words } = parts;
  const watch = createBatchWatch();
  let blocker: number | undefined;
  const keepAwake = (isWanted: boolean) => {
    if (isWanted) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  let marked = 0;
  /** A Mac's dock and some of Linux count; Windows has a mark, which is read out to those who can't see it. */
  const mark = (batches: number) => {
    if (batches === marked) return;
    marked = batches;
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
    mark(activity.running);
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

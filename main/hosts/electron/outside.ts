import type { App, BrowserWindow, NotificationConstructorOptions, PowerSaveBlocker } from 'electron';
import type { EventMessage } from '../../contract/events.ts';
import { createBatchWatch, type Activity } from './batch-watch.ts';
import { words } from './words.ts';

export type OutsideParts = {
  readonly app: Pick<App, 'setBadgeCount'>;
  readonly powerSaveBlocker: Pick<PowerSaveBlocker, 'start' | 'stop'>;
  readonly windows: () => readonly Pick<BrowserWindow, 'isDestroyed' | 'setProgressBar' | 'isFocused'>[];
  /** Shows a notification where the system has such; `clicked` when the user wants to see more. */
  readonly notify: (options: NotificationConstructorOptions, clicked: () => void) => void;
  readonly bringForward: () => void;
  readonly changed: (activity: Activity) => void;
};

export type Outside = {
  take(message: EventMessage): void;
  activity(): Activity;
  /** Takes back what the system was asked for. */
  end(): void;
};

type Snapshot = Extract<EventMessage, { topic: 'batch' }>['batch'];

/** What of downloads is seen outside of the page: in the taskbar or dock, as notifications; no sleep while they run. */
export function createOutside(parts: OutsideParts): Outside {
  const { app, powerSaveBlocker, windows, notify, bringForward, changed } = parts;
  const watch = createBatchWatch();
  let blocker: number | undefined;
  const keepAwake = (isWanted: boolean) => {
    if (isWanted) blocker ??= powerSaveBlocker.start('prevent-app-suspension');
    else if (blocker !== undefined) {
      powerSaveBlocker.stop(blocker);
      blocker = undefined;
    }
  };
  const show = (activity: Activity) => {
    for (const window of windows()) {
      if (!window.isDestroyed()) window.setProgressBar(activity.fraction ?? -1);
    }
    app.setBadgeCount(activity.running);
    keepAwake(activity.running > 0);
    changed(activity);
  };
  return {
    take(message) {
      if (message.topic !== 'batch') return;
      const ended = watch.take(message.batch);
      show(watch.activity());
      const isSeen = windows().some((window) => !window.isDestroyed() && window.isFocused());
      if (ended !== undefined && !isSeen) notify(describeEnd(ended), bringForward);
    },
    activity: watch.activity,
    end: () => keepAwake(false),
  };
}

export function describeEnd({ state, done, failed }: Snapshot): NotificationConstructorOptions {
  const finished = failed > 0 ? words.failed : words.ended;
  return { title: state === 'finished' ? finished : words.stopped, body: words.endedText(done, failed) };
}

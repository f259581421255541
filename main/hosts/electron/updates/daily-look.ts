import type { Core } from '../../../core.ts';
import type { Update } from '../../../domain/update.ts';
import type { Clock } from '../../../ports/clock.ts';

/** The start is busy enough. */
const firstLookMs = 60_000;
/** A machine that slept, or was offline, looks soon after. */
const betweenMs = 60 * 60_000;
const dayMs = 24 * 60 * 60_000;

export type DailyCheckDeps = {
  readonly clock: Clock;
  readonly isBusy: () => boolean;
  readonly failed: (error: unknown) => void;
};

/**
 * Looks for a newer version once a day, where the user said so: never while files are being downloaded, and quietly, so
 * that whoever is offline hears nothing of it. Returns what ends it.
 */
export function lookForUpdatesDaily(core: Pick<Core, 'call'>, { clock, isBusy, failed }: DailyCheckDeps): () => void {
  const stopped = new AbortController();
  const look = async () => {
    const settings = await core.call('settings.get', {});
    if (!settings.ok || settings.value.settings.looksForUpdates !== true || isBusy()) return;
    const update = await core.call('updates.state', {});
    if (update.ok && isDue(update.value, clock.now())) await core.call('updates.check', { quietly: true });
  };
  const go = async () => {
    await clock.sleep(firstLookMs, stopped.signal);
    while (!stopped.signal.aborted) {
      await look();
      await clock.sleep(betweenMs, stopped.signal);
    }
  };
  go().catch((error: unknown) => {
    if (!stopped.signal.aborted) failed(error);
  });
  return () => stopped.abort();
}

/** What was found already is not looked for again; a clock that was set back is no reason never to look. */
function isDue({ state, checkedAt }: Pick<Update, 'state' | 'checkedAt'>, now: number): boolean {
  if (state !== 'idle' && state !== 'current' && state !== 'failed') return false;
  return checkedAt === null || checkedAt > now || now - checkedAt >= dayMs;
}

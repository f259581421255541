import type { Core } from '../../../core.ts';
import type { Update } from '../../../domain/update.ts';
import type { Clock } from '../../../ports/clock.ts';

/** Startup is busy enough. */
const firstCheckMs = 60_000;
/** A computer that slept, or was offline, checks soon after. */
const intervalMs = 60 * 60_000;
const dayMs = 24 * 60 * 60_000;

export type DailyCheckDeps = {
  readonly clock: Clock;
  readonly isBusy: () => boolean;
  readonly failed: (error: unknown) => void;
};

/**
 * Checks for a newer version once a day, if enabled: never while files are being downloaded, and quietly, so that users
 * who are offline see no error. Returns a function that stops it.
 */
export function lookForUpdatesDaily(core: Pick<Core, 'call'>, { clock, isBusy, failed }: DailyCheckDeps): () => void {
  const stopped = new AbortController();
  const check = async () => {
    const settings = await core.call('settings.get', {});
    if (!settings.ok || settings.value.settings.looksForUpdates !== true || isBusy()) return;
    const update = await core.call('updates.state', {});
    if (update.ok && isDue(update.value, clock.now())) await core.call('updates.check', { quietly: true });
  };
  const run = async () => {
    await clock.sleep(firstCheckMs, stopped.signal);
    while (!stopped.signal.aborted) {
      await check();
      await clock.sleep(intervalMs, stopped.signal);
    }
  };
  run().catch((error: unknown) => {
    if (!stopped.signal.aborted) failed(error);
  });
  return () => stopped.abort();
}

/** An update already found is not checked for again; a clock that was set back does not prevent checks. */
function isDue({ state, checkedAt }: Pick<Update, 'state' | 'checkedAt'>, now: number): boolean {
  if (state !== 'idle' && state !== 'current' && state !== 'failed') return false;
  return checkedAt === null || checkedAt > now || now - checkedAt >= dayMs;
}

import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cli, CliOptions, CliRun } from '../cli.ts';

/** When to kill a process: `afterMs` after the first of the given conditions. */
export type Moment = {
  /** This many requests have reached the fake API since the process started. */
  readonly requests?: number;
  /** This many lines have arrived on standard output. */
  readonly events?: number;
  /** Another condition, checked every millisecond. */
  readonly when?: { readonly what: string; readonly isNow: () => boolean };
  readonly afterMs: number;
};

/** `killed` is false if the process had ended before. */
export type KilledRun = CliRun & { readonly killed: boolean };

export function describeMoment({ requests, events, when, afterMs }: Moment): string {
  const what = [
    requests === undefined ? '' : `request ${requests}`,
    events === undefined ? '' : `event ${events}`,
    when?.what ?? '',
  ].filter((text) => text !== '');
  return `${afterMs} ms after ${what.length === 0 ? 'the start' : what.join(' or ')}`;
}

/** Runs a command line in a child process and kills it with SIGKILL at the given moment. */
export async function runAndKill(
  { start }: Pick<Cli, 'start'>,
  args: readonly string[],
  moment: Moment,
  { options, requests }: { readonly options?: CliOptions; readonly requests?: () => number } = {},
): Promise<KilledRun> {
  const before = requests?.() ?? 0;
  const { child, ended } = start(args, options);
  let lines = 0;
  child.stdout?.on('data', (text: string) => (lines += text.split('\n').length - 1));
  const exited = once(child, 'exit');
  const exitController = new AbortController();
  void exited.then(() => exitController.abort());
  const { requests: wantedRequests, events, when, afterMs } = moment;
  const hasNoCondition = wantedRequests === undefined && events === undefined && when === undefined;
  const isNow = (): boolean =>
    hasNoCondition ||
    (wantedRequests !== undefined && (requests?.() ?? 0) - before >= wantedRequests) ||
    (events !== undefined && lines >= events) ||
    when?.isNow() === true;
  while (!exitController.signal.aborted && !isNow()) await waitUnlessAborted(1, exitController.signal);
  if (afterMs > 0) await waitUnlessAborted(afterMs, exitController.signal);
  child.kill('SIGKILL');
  const run = await ended;
  return { ...run, killed: child.signalCode === 'SIGKILL' };
}

async function waitUnlessAborted(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

import { once } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Cli, CliOptions, CliRun } from '../cli.ts';

/** When a process is to die: `afterMs` behind what happened first of all that is named. */
export type Moment = {
  /** So many requests have reached the fake API since the process began. */
  readonly requests?: number;
  /** So many lines have come to standard output. */
  readonly events?: number;
  /** Something else that can be looked at; asked about every millisecond. */
  readonly when?: { readonly what: string; readonly isNow: () => boolean };
  readonly afterMs: number;
};

/** `killed` is false where the process had come to its end before. */
export type KilledRun = CliRun & { readonly killed: boolean };

export function describeMoment({ requests, events, when, afterMs }: Moment): string {
  const what = [
    requests === undefined ? '' : `request ${requests}`,
    events === undefined ? '' : `event ${events}`,
    when?.what ?? '',
  ].filter((text) => text !== '');
  return `${afterMs} ms after ${what.length === 0 ? 'the start' : what.join(' or ')}`;
}

/** Runs a command line of its own process and kills it with SIGKILL at the moment. */
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
  const gone = once(child, 'exit');
  const over = new AbortController();
  void gone.then(() => over.abort());
  const { requests: wanted, events, when, afterMs } = moment;
  const waitsForNothing = wanted === undefined && events === undefined && when === undefined;
  const isNow = (): boolean =>
    waitsForNothing ||
    (wanted !== undefined && (requests?.() ?? 0) - before >= wanted) ||
    (events !== undefined && lines >= events) ||
    when?.isNow() === true;
  while (!over.signal.aborted && !isNow()) await rest(1, over.signal);
  if (afterMs > 0) await rest(afterMs, over.signal);
  child.kill('SIGKILL');
  const run = await ended;
  return { ...run, killed: child.signalCode === 'SIGKILL' };
}

async function rest(ms: number, signal: AbortSignal): Promise<void> {
  await pause(ms, undefined, { signal }).catch(() => undefined);
}

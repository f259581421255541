import type { App } from 'electron';
import { reportBug } from '../../../dispatch.ts';
import type { Log } from '../../../ports/log.ts';
import type { NativeTexts } from '../app/texts.ts';

export type CrashLogDeps = {
  readonly app: Pick<App, 'on' | 'exit'>;
  /** Before anything else is there to log to. */
  readonly log: Log;
  readonly logFolder: string;
  readonly words: NativeTexts;
  readonly tell: (title: string, content: string) => void;
};

export type CrashLog = {
  /** Logs a bug; returns the reference by which the log names it. */
  readonly report: (error: unknown) => string;
  /** From now on the core logs, as it knows what to leave out. */
  readonly logBy: (report: (error: unknown) => string) => void;
  /** Says that the app can't go on, and ends it. */
  readonly breakDown: (error: unknown) => void;
};

/**
 * Writes down whatever breaks down. After an exception that nobody caught nothing can be relied on, so it is said and
 * the app ends; what was under way goes on at the next start.
 */
export function keepCrashLog(host: Pick<NodeJS.Process, 'on'>, parts: CrashLogDeps): CrashLog {
  const { app, log, logFolder, tell, words } = parts;
  let report = (error: unknown): string => reportBug(log, error);
  const breakDown = (error: unknown) => {
    const text = words('native.brokeDownText', { reference: report(error), folder: logFolder });
    tell(words('native.brokeDown'), text);
    app.exit(1);
  };
  host.on('uncaughtException', breakDown);
  host.on('unhandledRejection', (reason) => void report(reason));
  app.on('child-process-gone', (_event, { type, reason, exitCode }) => {
    if (reason !== 'clean-exit') report(new Error(`The ${type} process ended: ${reason} (${exitCode}).`));
  });
  return { report: (error) => report(error), logBy: (other) => (report = other), breakDown };
}

import type { App } from 'electron';
import { reportBug } from '../../../dispatch.ts';
import type { Log } from '../../../ports/log.ts';
import type { NativeTexts } from '../app/texts.ts';

export type CrashLogDeps = {
  readonly app: Pick<App, 'on' | 'exit'>;
  /** Used until the core can log. */
  readonly log: Log;
  readonly logFolder: string;
  readonly words: NativeTexts;
  readonly tell: (title: string, content: string) => void;
};

export type CrashLog = {
  /** Logs a bug and returns its reference in the log. */
  readonly report: (error: unknown) => string;
  /** Lets the core log from now on, as it knows what to redact. */
  readonly logBy: (report: (error: unknown) => string) => void;
  /** Shows that the app can't continue, and exits. */
  readonly breakDown: (error: unknown) => void;
};

/**
 * Logs crashes. After an uncaught exception nothing can be relied on, so it is reported and the app exits; unfinished
 * work resumes at the next start.
 */
export function keepCrashLog(host: Pick<NodeJS.Process, 'on'>, deps: CrashLogDeps): CrashLog {
  const { app, log, logFolder, tell, words } = deps;
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
  return { report: (error) => report(error), logBy: (coreReport) => (report = coreReport), breakDown };
}

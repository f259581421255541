import type { Core } from '../../../core.ts';
import type { Result } from '../../../domain/result.ts';
import type { StartArguments } from './start-arguments.ts';
import type { CrashLog } from '../diagnostics/crash-log.ts';
import type { ElectronParts } from './electron-modules.ts';
import type { Words } from './texts.ts';

export type ShellParts = {
  readonly electron: ElectronParts;
  readonly openCore: () => Promise<Result<Core>>;
  /** Answers every request for the interface and its pictures. */
  readonly createPage: (core: Core) => (request: Request) => Promise<Response>;
  readonly crashLog: CrashLog;
  readonly words: Words;
  readonly start: StartArguments;
  readonly readSecondStart: (argv: readonly string[]) => StartArguments;
  readonly preload: string;
  /** Where the window's place is kept. */
  readonly stateFile: string;
  readonly host: NodeJS.Process;
};

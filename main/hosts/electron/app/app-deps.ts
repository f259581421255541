import type { Core } from '../../../core.ts';
import type { Result } from '../../../domain/result.ts';
import type { StartArguments } from './start-arguments.ts';
import type { CrashLog } from '../diagnostics/crash-log.ts';
import type { ElectronModules } from './electron-modules.ts';
import type { NativeTexts } from './texts.ts';

export type AppDeps = {
  readonly electron: ElectronModules;
  readonly openCore: () => Promise<Result<Core>>;
  /** Creates the handler of requests for the interface and its images. */
  readonly createPage: (core: Core) => (request: Request) => Promise<Response>;
  readonly crashLog: CrashLog;
  readonly words: NativeTexts;
  readonly start: StartArguments;
  readonly readSecondStart: (argv: readonly string[]) => StartArguments;
  readonly preload: string;
  /** File of the window's state. */
  readonly stateFile: string;
  readonly host: NodeJS.Process;
};

import { CommanderError } from 'commander';
import type { Core } from '../../core.ts';
import { unexpected } from '../../dispatch.ts';
import { failure, type Failure } from '../../domain/failure.ts';
import { printableLines } from '../../domain/text/printable.ts';
import { version } from '../shared/node/version.ts';
import { protectQuery, queryCommands, speaksInEvents } from './arguments.ts';
import { askHidden, readPiped } from './ask.ts';
import { exitCodeOf } from './exit-code.ts';
import { openHere, openInThread, workingFolderOf } from './open-core.ts';
import { createOutput, type Output } from './output.ts';
import { createProgram, optionsOf, type Run } from './program.ts';
import type { ServeSession } from './session.ts';

/** Runs one command line from its arguments to its exit code. */
export async function runCommandLine(host: NodeJS.Process): Promise<number> {
  const argv = host.argv.slice(2);
  const interrupted = listenForInterrupts(host);
  // `… | head` closes the output early, which is not a failure.
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => host.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  const failAs = speaksInEvents(argv) ? 'event' : 'document';
  let code = 0;
  const run: Run = async (json, work, { isServing = false, usage } = {}) => {
    const output = createOutput({ out: host.stdout, err: host.stderr }, json);
    if (usage === undefined) code = await runWithCore(host, { output, failAs, signal: interrupted, isServing }, work);
    else code = reportFailure(output, usage, failAs);
  };
  const program = createProgram(version, run, host.platform);
  const json = argv.includes('--json');
  silenceCommander(program, json, host);
  try {
    await program.parseAsync(
      protectQuery(argv, (command) => optionsOf(program, command)),
      { from: 'user' },
    );
    return code;
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return 0;
    if (json) createOutput({ out: host.stdout, err: host.stderr }, true).failed(usageFailure(error, argv[0]), failAs);
    return exitCodeOf('bad-input');
  }
}

function usageFailure({ code, message }: CommanderError, command: string | undefined): Failure {
  if (code === 'commander.help') return failure('bad-input', 'No command was given; --help lists them.');
  return failure('bad-input', explainUsage(message.replace(/^error: /, '').trim(), command));
}

/** Explains that a shell splits a query at its spaces, which the parser's own message doesn't. */
function explainUsage(message: string, command = ''): string {
  if (!queryCommands.has(command) || !/too many arguments|unknown option '-[^-]/.test(message)) return message;
  return `${message.trimEnd()} Put the whole query in quotes: contact-sheet ${command} 'logo -draft'`;
}

/** Throws usage errors instead of exiting; with --json they are reported as JSON instead of text. */
function silenceCommander(program: ReturnType<typeof createProgram>, json: boolean, host: NodeJS.Process): void {
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.exitOverride();
    command.configureOutput({
      writeErr: (text) => void (json || host.stderr.write(printableLines(text))),
      outputError: (text, write) => write(`${explainUsage(text, host.argv[2]).trimEnd()}\n`),
    });
  }
}

function reportFailure(output: Output, error: Failure, failAs: RunContext['failAs']): number {
  output.failed(error, failAs);
  return exitCodeOf(error.code);
}

type RunContext = {
  readonly output: Output;
  readonly failAs: 'document' | 'event';
  readonly signal: AbortSignal;
  readonly isServing: boolean;
};

async function runWithCore(
  host: NodeJS.Process,
  { output, failAs, signal, isServing }: RunContext,
  work: (session: ServeSession) => Promise<number>,
): Promise<number> {
  const lost = new AbortController();
  const core = isServing ? await openInThread(host, (error) => lost.abort(error)) : await openHere(host);
  if (!core.ok) return reportFailure(output, core.error, failAs);
  for (const notice of core.value.notices) output.note(notice);
  try {
    return await work(createSession(host, core.value, { output, signal, lost: lost.signal }));
  } catch (error) {
    output.failed(unexpected(core.value.report(error)), failAs);
    return exitCodeOf('internal');
  } finally {
    await core.value.close();
  }
}

function createSession(
  host: NodeJS.Process,
  core: Core,
  running: Pick<ServeSession, 'output' | 'signal' | 'lost'>,
): ServeSession {
  return {
    ...running,
    call: core.call,
    listen: core.events.listen,
    dispatch: core.dispatch,
    openPicture: core.openPicture,
    theme: core.theme,
    warm: core.warm,
    report: core.report,
    platform: host.platform,
    workingFolder: workingFolderOf(host),
    environment: host.env,
    home: core.folders.data,
    async givenKey() {
      return host.env['CONTACT_SHEET_API_KEY'] || readPiped(host.stdin);
    },
    askKey: () => askHidden('API key: ', { input: host.stdin, error: host.stderr }),
  };
}

/** Stops cleanly on the first Ctrl+C, at once on the second; either loses nothing. */
function listenForInterrupts(host: NodeJS.Process): AbortSignal {
  const controller = new AbortController();
  let firstAt = 0;
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    host.on(name, () => {
      const now = performance.now();
      if (!controller.signal.aborted) firstAt = now;
      else if (now - firstAt > echoMs) host.exit(exitCodeOf('cancelled'));
      controller.abort();
    });
  }
  return controller.signal;
}

/** Under npm, one Ctrl+C arrives twice: from the terminal, and forwarded. */
const echoMs = 500;

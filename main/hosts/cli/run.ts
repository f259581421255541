import { CommanderError } from 'commander';
import { createCore, type Core } from '../../core.ts';
import { failure, type Failure } from '../../domain/failure.ts';
import type { Result } from '../../domain/result.ts';
import { createNetwork } from '../../network/network.ts';
import type { PassphraseNeed } from '../../vault/key-opener.ts';
import { findDownloads, findFolders } from '../node/folders.ts';
import { createLogFile } from '../node/log-file.ts';
import { systemClock } from '../node/system-clock.ts';
import { version } from '../node/version.ts';
import { protectQuery, queryCommands, speaksInEvents } from './arguments.ts';
import { askHidden, readPiped } from './ask.ts';
import { exitCodeOf } from './exit-code.ts';
import { createOutput, type Output } from './output.ts';
import { createProgram, optionsOf } from './program.ts';
import type { ServeSession } from './session.ts';

/** Runs one command line from its arguments to its exit code. */
export async function runCommandLine(host: NodeJS.Process): Promise<number> {
  const argv = host.argv.slice(2);
  const interrupted = listenForInterrupts(host);
  // `… | head` closes our output early: that is the reader's right, and no failure.
  for (const stream of [host.stdout, host.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => host.exit(error.code === 'EPIPE' ? 0 : 1));
  }
  const failAs = speaksInEvents(argv) ? 'event' : 'document';
  let code = 0;
  const program = createProgram(version, async (json, work, { isServing } = { isServing: false }) => {
    const output = createOutput({ out: host.stdout, err: host.stderr }, json);
    code = await runWithCore(host, { output, failAs, signal: interrupted, isServing }, work);
  });
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
    if (json) createOutput({ out: host.stdout, err: host.stderr }, true).failed(wrongUsage(error, argv[0]), failAs);
    return exitCodeOf('bad-input');
  }
}

function wrongUsage({ code, message }: CommanderError, command: string | undefined): Failure {
  if (code === 'commander.help') return failure('bad-input', 'No command was given; --help lists them.');
  return failure('bad-input', explainUsage(message.replace(/^error: /, '').trim(), command));
}

/** A shell takes a query apart at its blanks, which the parser's own words do not explain. */
function explainUsage(message: string, command = ''): string {
  if (!queryCommands.has(command) || !/too many arguments|unknown option '-[^-]/.test(message)) return message;
  return `${message.trimEnd()} Put the whole query in quotes: contact-sheet ${command} 'logo -draft'`;
}

/** Wrong usage is ours to report: thrown instead of ending the process, in JSON where that is asked for. */
function silenceCommander(program: ReturnType<typeof createProgram>, json: boolean, host: NodeJS.Process): void {
  for (const command of [program, ...program.commands, ...program.commands.flatMap((one) => one.commands)]) {
    command.exitOverride();
    command.configureOutput({
      writeErr: (text) => void (json || host.stderr.write(text)),
      outputError: (text, write) => write(`${explainUsage(text, host.argv[2]).trimEnd()}\n`),
    });
  }
}

type Running = {
  readonly output: Output;
  readonly failAs: 'document' | 'event';
  readonly signal: AbortSignal;
  readonly isServing: boolean;
};

async function runWithCore(
  host: NodeJS.Process,
  { output, failAs, signal, isServing }: Running,
  work: (session: ServeSession) => Promise<number>,
): Promise<number> {
  const core = openCore(host, isServing);
  if (!core.ok) {
    output.failed(core.error, failAs);
    return exitCodeOf(core.error.code);
  }
  for (const notice of core.value.notices) output.note(notice);
  try {
    return await work(createSession(host, core.value, output, signal));
  } catch (error) {
    const reference = core.value.report(error);
    const message = `Something went wrong that should not have: this is an error in Contact Sheet. The log has it as ${reference}.`;
    output.failed(failure('internal', message), failAs);
    return exitCodeOf('internal');
  } finally {
    await core.value.close();
  }
}

function openCore(host: NodeJS.Process, isServing: boolean): Result<Core> {
  const found = findFolders(host.env, host.platform, workingFolderOf(host));
  const folders = { ...found, downloads: findDownloads(host.env, host.platform) };
  return createCore({
    folders,
    clock: systemClock,
    random: Math.random,
    network: createNetwork(host.env),
    createLog: (redact) => createLogFile(folders.logs, redact, systemClock.now),
    // While serving, nobody looks at the terminal: a page asks, and hands it over by vault.unlock.
    passphrase: (need) => askPassphrase(host, isServing ? 'probe' : need),
    holder: { pid: host.pid, command: `contact-sheet ${host.argv[2] ?? ''}`.trim() },
    platform: host.platform,
    environment: host.env,
    version,
    electron: host.env['ELECTRON_OVERRIDE_DIST_PATH'],
  });
}

/** A new file's passphrase is asked for twice: a slip in typing would lock its keys away. */
async function askPassphrase({ env, stdin, stderr }: NodeJS.Process, need: PassphraseNeed) {
  const given = env['CONTACT_SHEET_PASSPHRASE'];
  if (given || need === 'probe') return given;
  const terminal = { input: stdin, error: stderr };
  if (need === 'open') return askHidden('Passphrase: ', terminal);
  const first = await askHidden('Choose a passphrase: ', terminal);
  if (!first || first === (await askHidden('Once more: ', terminal))) return first;
  stderr.write('The two differ, so nothing was stored.\n');
  return undefined;
}

function createSession(host: NodeJS.Process, core: Core, output: Output, signal: AbortSignal): ServeSession {
  return {
    call: core.call,
    listen: core.events.listen,
    dispatch: core.dispatch,
    openPicture: core.openPicture,
    theme: core.theme,
    warm: core.warm,
    report: core.report,
    platform: host.platform,
    output,
    workingFolder: workingFolderOf(host),
    environment: host.env,
    signal,
    home: core.folders.data,
    async readKey() {
      const given = host.env['CONTACT_SHEET_API_KEY'];
      if (given) return given;
      return (await readPiped(host.stdin)) ?? askHidden('API key: ', { input: host.stdin, error: host.stderr });
    },
  };
}

/** npm runs scripts in the package's folder and says where the user stood. */
function workingFolderOf(host: NodeJS.Process): string {
  return host.env['INIT_CWD'] || host.cwd();
}

/** The first Ctrl+C stops cleanly, the second at once; either loses nothing. */
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

/** Under npm one Ctrl+C comes twice: from the terminal, and passed on. */
const echoMs = 500;

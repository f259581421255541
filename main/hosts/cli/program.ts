import { Command, InvalidArgumentError, Option } from 'commander';
import { exportFormats } from '../../contract/commands/exports.ts';
import { conflictPolicies } from '../../domain/transfer/batch.ts';
import type { Failure } from '../../domain/failure.ts';
import { foreignPathProblem } from '../../domain/files/path-form.ts';
import { queryFailure } from '../../domain/query/query-failure.ts';
import { addAccount, changeKey, listAccounts, removeAccount, testAccount } from './commands/accounts.ts';
import type { AddOptions, RemoveOptions } from './commands/accounts.ts';
import { parseRate, parseInteger, type DeclaredOption } from './arguments.ts';
import { addUsage, orderUsage } from './text/usage.ts';
import { doctorCommand } from './commands/doctor.ts';
import { downloadCommand, planCommand, type DownloadOptions } from './commands/download.ts';
import { exportCommand, type ExportOptions } from './commands/export.ts';
import { sampleCommand } from './commands/sample.ts';
import { searchCommand, type SearchOptions } from './commands/search.ts';
import { serveCommand, type ServeOptions } from './commands/serve.ts';
import type { ServeSession } from './session.ts';
import { syncCommand } from './commands/sync.ts';
import { cancelTransfers, listTransfers, resumeTransfers, retryTransfers } from './commands/transfers.ts';
import { verifyCommand } from './commands/verify.ts';

/** Opens the core, runs one command, and closes the core; `work` resolves to the exit code. */
export type Run = (
  json: boolean,
  work: (session: ServeSession) => Promise<number>,
  how?: {
    /** A client provides the passphrase, not the terminal. */
    readonly isServing?: boolean;
    /** A usage error, reported before anything is opened or read. */
    readonly usage?: Failure | undefined;
  },
) => Promise<void>;

/** Creates the whole command line. Every command takes --json. */
export function createProgram(version: string, run: Run, platform: NodeJS.Platform): Command {
  const program = new Command('contact-sheet')
    .description('Your QuestionPro image library on your own machine: synced, searched, downloaded.')
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .showHelpAfterError('(--help shows how)')
    .enablePositionalOptions();
  addAccounts(program, run);
  addLibrary(program, run, platform);
  addDownloads(program, run, platform);
  withJson(program.command('serve'))
    .description('serve the whole interface to a browser on this machine, until Ctrl+C')
    .option('--port <n>', 'which port; any free one where left out', integer(0, 65_535), 0)
    .option('--open', 'open it in the default browser')
    .action((options: Json & ServeOptions) =>
      run(isJson(options), (session) => serveCommand(session, options), { isServing: true }),
    );
  withJson(program.command('doctor'))
    .description('say what works here: keychain, database, disk, network, Electron')
    .action((options: Json) => run(isJson(options), doctorCommand));
  return program;
}

/** Returns the options of a top-level command, help included; undefined for an unknown name. */
export function optionsOf(program: Command, name: string): readonly DeclaredOption[] | undefined {
  const command = program.commands.find((one) => one.name() === name);
  const declared = command?.options.map(({ short, long, required, optional }): DeclaredOption => {
    const flags = [short, long].filter((flag) => flag !== undefined);
    return { flags, value: required ? 'required' : optional ? 'optional' : 'none' };
  });
  return declared && [...declared, { flags: ['-h', '--help'], value: 'none' }];
}

type Json = { readonly json?: boolean };
const isJson = ({ json }: Json) => json === true;

function withJson(command: Command): Command {
  return command.option('--json', 'print JSON and nothing else');
}

function addAccounts(program: Command, run: Run): void {
  const accounts = program.command('accounts').description('add, list, test and remove accounts');
  withJson(accounts.command('add'))
    .description('add an account; its key comes from standard input or CONTACT_SHEET_API_KEY')
    .requiredOption('--name <name>', 'what to call it')
    .requiredOption('--datacenter <id or origin>', 'us, eu, ca, sg, au, ae, sa, ksa, or an https address')
    .option('--user <id>', 'whose images; left out, the key’s own')
    .addOption(new Option('--vault <where>', 'where the key is kept').choices(['keychain', 'file', 'none']))
    .action((options: AddOptions & Json) =>
      run(isJson(options), (session) => addAccount(session, options), { usage: addUsage(options) }),
    );
  withJson(accounts.command('list'))
    .description('list the accounts')
    .action((options: Json) => run(isJson(options), listAccounts));
  withJson(accounts.command('test'))
    .description('ask the API whether the account’s key works, by one call')
    .argument('<name>')
    .action((name: string, options: Json) => run(isJson(options), (session) => testAccount(session, name)));
  withJson(accounts.command('key'))
    .description('give an account another key, from standard input or CONTACT_SHEET_API_KEY')
    .argument('<name>')
    .action((name: string, options: Json) => run(isJson(options), (session) => changeKey(session, name)));
  withJson(accounts.command('remove'))
    .description('remove an account and its key')
    .argument('<name>')
    .addOption(
      new Option('--keep-catalogue', 'keep what is known of its images (the default)').conflicts('deleteCatalogue'),
    )
    .option('--delete-catalogue', 'forget its images too')
    .option('--leave-key', 'leave its key where it is, where that place can’t be opened any more')
    .action((name: string, options: Json & RemoveOptions) =>
      run(isJson(options), (session) => removeAccount(session, name, options)),
    );
}

function addLibrary(program: Command, run: Run, platform: NodeJS.Platform): void {
  withJson(program.command('sync'))
    .description('bring the catalogue up to date')
    .argument('[names...]', 'accounts; all where none is named')
    .option('--full', 'full sync: read the whole list, and find images that are gone')
    .action((names: string[], options: Json & { full?: boolean }) =>
      run(isJson(options), (session) => syncCommand(session, names, options.full === true)),
    );
  withJson(program.command('search'))
    .description('search the catalogue, offline')
    .argument('[query]', 'such as: ext:png size:>500kb sort:size-desc', '')
    .option('--limit <n>', 'print at most n images', integer(0, 1e9))
    .option('--count', 'print only the number of images and their size')
    .action((query: string, options: Json & SearchOptions) =>
      run(isJson(options), (session) => searchCommand(session, query, options)),
    );
  withJson(program.command('export'))
    .description('write the result of a query as a list')
    .argument('[query]', '', '')
    .addOption(new Option('--format <format>', 'how').choices(exportFormats).makeOptionMandatory())
    .option('--to <file>', 'write a file instead of standard output', pathParser(platform))
    .option(
      '--excel [separator]',
      'CSV as Excel takes it: with a byte order mark, and between cells a comma, a semicolon or tab; the usual one of your language where left out',
      separator,
    )
    .action(
      (query: string, options: Json & Omit<ExportOptions, 'excel'> & { excel?: ExportOptions['excel'] | true }) => {
        const { excel, ...rest } = options;
        const style = excel === undefined ? {} : { excel: excel === true ? defaultSeparator() : excel };
        return run(isJson(options), (session) => exportCommand(session, query, { ...rest, ...style }), {
          usage: queryFailure([query]),
        });
      },
    );
  withJson(program.command('sample'))
    .description('add the sample library: generated images, no account needed')
    .option('--count <n>', 'how many images', integer(0, 1_000_000), 2000)
    .action((options: Json & { count: number }) =>
      run(isJson(options), (session) => sampleCommand(session, options.count)),
    );
}

function addDownloads(program: Command, run: Run, platform: NodeJS.Platform): void {
  const path = pathParser(platform);
  withDownloadOptions(
    program.command('plan').description('say what a download would do; nothing is written'),
    path,
  ).action((query: string, options: Json & DownloadOptions) =>
    run(isJson(options), (session) => planCommand(session, query, options), { usage: orderUsage(query, options) }),
  );
  withDownloadOptions(program.command('download').description('download the result of a query'), path)
    .option('--concurrency <n>', 'files at a time from each host (default: adaptive)', integer(1, 256))
    .option('--limit-rate <rate>', 'bytes a second, such as 500k or 5M', rate)
    .option('--manifest', 'write manifest.csv, manifest.json and SHA256SUMS into the folder')
    .option('--dry-run', 'only say what it would do, as `plan`')
    .action((query: string, options: Json & DownloadOptions & { dryRun?: boolean }) =>
      run(
        isJson(options),
        (session) =>
          options.dryRun === true ? planCommand(session, query, options) : downloadCommand(session, query, options),
        { usage: orderUsage(query, options) },
      ),
    );
  addTransfers(program, run);
  withJson(program.command('verify'))
    .description('check a folder’s files against SHA256SUMS, else against what was downloaded there')
    .argument('<folder>', '', path)
    .action((folder: string, options: Json) => run(isJson(options), (session) => verifyCommand(session, folder)));
}

function withDownloadOptions(command: Command, path: (text: string) => string): Command {
  return withJson(command)
    .argument('<query>', "'' or '*' for every image")
    .requiredOption('--to <folder>', 'where to', path)
    .option('--template <template>', 'how files are named, such as {account}/{folder}/{name}.{ext}')
    .addOption(new Option('--on-conflict <policy>', 'what to do if a file already exists').choices(conflictPolicies))
    .option('--include-other', 'include files that aren’t images');
}

function addTransfers(program: Command, run: Run): void {
  const transfers = program.command('transfers').description('list, resume, retry or cancel downloads');
  withJson(transfers.command('list', { isDefault: true }))
    .description('list the batches')
    .action((options: Json) => run(isJson(options), listTransfers));
  withJson(transfers.command('resume'))
    .description('continue everything unfinished, until it is done')
    .action((options: Json) => run(isJson(options), resumeTransfers));
  for (const action of ['retry', 'cancel'] as const) {
    withJson(transfers.command(action))
      .description(action === 'retry' ? 'try what failed again' : 'give up what is unfinished')
      .argument('[batch]', 'a batch’s number; all where left out', integer(1, Number.MAX_SAFE_INTEGER))
      .action((batch: number | undefined, options: Json) =>
        run(isJson(options), (session) => (action === 'retry' ? retryTransfers : cancelTransfers)(session, batch)),
      );
  }
}

function integer(min: number, max: number) {
  return (text: string): number => {
    const number = parseInteger(text, min, max);
    if (number !== undefined) return number;
    throw new InvalidArgumentError(`Wants a whole number from ${min} to ${max}.`);
  };
}

/** Rejects an empty path (a script's empty variable must not mean the working folder) and a path of another system. */
function pathParser(platform: NodeJS.Platform) {
  return (text: string): string => {
    if (text.trim() === '') {
      throw new InvalidArgumentError('Wants a path, got nothing. A dot stands for this folder.');
    }
    const problem = foreignPathProblem(text, platform);
    if (problem === undefined) return text;
    throw new InvalidArgumentError(problem);
  };
}

function rate(text: string): number {
  const bytes = parseRate(text);
  if (bytes !== undefined) return bytes;
  throw new InvalidArgumentError('Wants bytes a second such as 500k or 5M.');
}

function separator(text: string): ',' | ';' | '\t' {
  if (text === ',' || text === ';') return text;
  if (text === 'tab' || text === '\t') return '\t';
  throw new InvalidArgumentError('Wants a comma, a semicolon or tab.');
}

/** Spreadsheets expect a semicolon between cells if the locale has a decimal comma. */
function defaultSeparator(): ',' | ';' {
  return new Intl.NumberFormat().format(1.5).includes(',') ? ';' : ',';
}

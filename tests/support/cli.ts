import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './temporary-folder.ts';

const main = fileURLToPath(new URL('../../main/hosts/cli/main.ts', import.meta.url));

export type CliRun = { readonly code: number | null; readonly out: string; readonly err: string };

export type Cli = {
  readonly home: string;
  /** Runs one command line to its end. */
  run(args: readonly string[], options?: CliOptions): Promise<CliRun>;
  /** Runs it with `--json` and parses its document. */
  json(args: readonly string[], options?: CliOptions): Promise<unknown>;
  /** Runs it with `--json` and parses its events. */
  events(
    args: readonly string[],
    options?: CliOptions,
  ): Promise<{ code: number | null; events: Record<string, unknown>[] }>;
  start(
    args: readonly string[],
    options?: CliOptions,
  ): { readonly child: ChildProcess; readonly ended: Promise<CliRun> };
};

export type CliOptions = {
  readonly env?: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly cwd?: string;
};

/** Keeps a compile cache in the home of all tests (build/test-home.ts), which halves the start time. */
function baseEnvironment() {
  const compiled = join(process.env['CONTACT_SHEET_HOME'] ?? tmpdir(), 'compiled');
  return { PATH: process.env['PATH'] ?? '', TZ: 'Europe/Berlin', NODE_COMPILE_CACHE: compiled };
}

/** Runs the real command line in child processes, on its own home folder. */
export function createCli(home: string = temporaryFolder()): Cli {
  const start: Cli['start'] = (args, { env = {}, input = '', cwd = home } = {}) => {
    const child = spawn(process.execPath, [main, ...args], {
      cwd,
      env: { ...baseEnvironment(), HOME: home, CONTACT_SHEET_HOME: home, ...env },
    });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    // A command that ends without reading its input doesn't fail the test.
    child.stdin.on('error', () => undefined).end(input);
    const ended = once(child, 'close').then(() => ({ code: child.exitCode, out, err }));
    return { child, ended };
  };
  const run: Cli['run'] = (args, options) => start(args, options).ended;
  return {
    home,
    start,
    run,
    async json(args, options) {
      const { code, out, err } = await run([...args, '--json'], options);
      if (out === '') throw new Error(`No document; exit ${String(code)}: ${err}`);
      return JSON.parse(out);
    },
    async events(args, options) {
      const { code, out } = await run([...args, '--json'], options);
      const lines = out.split('\n').filter((line) => line !== '');
      return { code, events: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
    },
  };
}

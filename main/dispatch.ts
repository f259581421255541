import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CommandTable, Handlers } from './contract/command.ts';
import { failure, type Failure } from './domain/failure.ts';
import { fail, type Result } from './domain/result.ts';
import type { Log } from './ports/log.ts';

/** The one door in: whatever comes, it answers with a Result. */
export type Dispatch = (name: string, input: unknown) => Promise<Result<unknown>>;

export type DispatchDeps = {
  readonly log: Log;
  /** What an exception means that is no bug, such as a full disk under the database. */
  readonly explain: (error: unknown) => Failure | undefined;
  /** Refuses parsed input that a schema can't judge. */
  readonly check?: (input: unknown) => Failure | undefined;
  /** Where a name is looked up that the table does not have. */
  readonly otherwise?: Dispatch;
};

/**
 * Looks the command up as an own property, parses the input and runs the handler. The only catch-all: what it catches
 * is a bug, answered as `internal` with a reference that the log repeats.
 */
export function createDispatch<T extends CommandTable>(
  table: T,
  handlers: Handlers<T>,
  { log, explain, check = () => undefined, otherwise = noSuchCommand }: DispatchDeps,
): Dispatch {
  const commands = new Map(Object.entries(table));
  const run = new Map<string, (input: never) => unknown>(Object.entries(handlers));
  return async (name, input) => {
    const command = commands.get(name);
    const handler = run.get(name);
    if (command === undefined || handler === undefined) return otherwise(name, input);
    const parsed = command.input.safeParse(input);
    if (!parsed.success) return fail(inputFailure(parsed.error));
    const refused = check(parsed.data);
    if (refused !== undefined) return fail(refused);
    try {
      return (await handler(parsed.data as never)) as Result<unknown>;
    } catch (error) {
      const known = explain(error);
      if (known !== undefined) return fail(known);
      return fail(unexpected(reportBug(log, error, { command: name })));
    }
  };
}

/** Logs a bug; returns the reference by which the log names it. */
export function reportBug(log: Log, error: unknown, details: { readonly command?: string } = {}): string {
  const reference = randomUUID().slice(0, 8);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log('error', 'an unexpected error', { ...details, reference, error: text });
  return reference;
}

/** What a client is told of a bug that the log names by the reference. */
export function unexpected(reference: string): Failure {
  const message = `Something went wrong that should not have: this is an error in Contact Sheet. The log has it as ${reference}.`;
  return failure('internal', message, { reference });
}

async function noSuchCommand(): Promise<Result<never>> {
  return fail(failure('unknown-command', 'There is no such command.'));
}

/** Answers commands that another host has, and this one has not. */
export function createNotHere(windowAlone: CommandTable, commandLineAlone: CommandTable): Dispatch {
  const notHere = fail(failure('not-here', 'Only a window of the desktop app can do this.'));
  const notPermitted = fail(failure('not-permitted', 'Only the command line can do this: a page names no files.'));
  return async (name) => {
    if (Object.hasOwn(windowAlone, name)) return notHere;
    return Object.hasOwn(commandLineAlone, name) ? notPermitted : noSuchCommand();
  };
}

/** Names fields and what was expected, never the values: one of them may be a key. */
export function inputFailure(error: z.ZodError): Failure {
  const parts = error.issues.slice(0, 3).map(({ path, message }) => {
    const field = path.map(String).join('.').slice(0, 60);
    return field === '' ? message : `${field}: ${message}`;
  });
  return failure('bad-input', `${parts.join('; ').slice(0, 500)}.`);
}

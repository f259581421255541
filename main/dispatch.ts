import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { CommandTable, Handlers } from './contract/command.ts';
import { failure, type Failure } from './domain/failure.ts';
import { fail, type Result } from './domain/result.ts';
import type { Log } from './ports/log.ts';

/** Runs a command by name; resolves to a Result whatever the input. */
export type Dispatch = (name: string, input: unknown) => Promise<Result<unknown>>;

export type DispatchDeps = {
  readonly log: Log;
  /** Maps an expected exception to a failure, such as a full disk under the database. */
  readonly explain: (error: unknown) => Failure | undefined;
  /** Rejects parsed input that a schema cannot judge. */
  readonly check?: (input: unknown) => Failure | undefined;
  /** Handles names that are not in the table. */
  readonly otherwise?: Dispatch;
};

/**
 * Looks up the command as an own property, parses the input and runs the handler. The only catch-all: what it catches
 * is a bug, reported as `internal` with a reference to the log.
 */
export function createDispatch<T extends CommandTable>(
  table: T,
  handlers: Handlers<T>,
  { log, explain, check = () => undefined, otherwise = noSuchCommand }: DispatchDeps,
): Dispatch {
  const commands = new Map(Object.entries(table));
  const handlerMap = new Map<string, (input: never) => unknown>(Object.entries(handlers));
  return async (name, input) => {
    const command = commands.get(name);
    const handler = handlerMap.get(name);
    if (command === undefined || handler === undefined) return otherwise(name, input);
    const parsed = command.input.safeParse(input);
    if (!parsed.success) return fail(inputFailure(parsed.error));
    const rejection = check(parsed.data);
    if (rejection !== undefined) return fail(rejection);
    try {
      return (await handler(parsed.data as never)) as Result<unknown>;
    } catch (error) {
      const explained = explain(error);
      if (explained !== undefined) return fail(explained);
      return fail(unexpected(reportBug(log, error, { command: name })));
    }
  };
}

/** Logs a bug and returns its reference in the log. */
export function reportBug(log: Log, error: unknown, details: { readonly command?: string } = {}): string {
  const reference = randomUUID().slice(0, 8);
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  log('error', 'an unexpected error', { ...details, reference, error: text });
  return reference;
}

/** Returns the failure for a bug that was logged under the reference. */
export function unexpected(reference: string): Failure {
  const message = `Something went wrong that should not have: this is an error in Contact Sheet. The log has it as ${reference}.`;
  return failure('internal', message, { reference });
}

async function noSuchCommand(): Promise<Result<never>> {
  return fail(failure('unknown-command', 'There is no such command.'));
}

/** Creates a dispatch that rejects commands of other hosts. */
export function createNotHere(windowCommands: CommandTable, commandLineCommands: CommandTable): Dispatch {
  const notHere = fail(failure('not-here', 'Only a window of the desktop app can do this.'));
  const notPermitted = fail(failure('not-permitted', 'Only the command line can do this: a page names no files.'));
  return async (name) => {
    if (Object.hasOwn(windowCommands, name)) return notHere;
    return Object.hasOwn(commandLineCommands, name) ? notPermitted : noSuchCommand();
  };
}

/** Names the fields and what was expected, never the values, as one may be a key. */
export function inputFailure(error: z.ZodError): Failure {
  const parts = error.issues.slice(0, 3).map(({ path, message }) => {
    const field = path.map(String).join('.').slice(0, 60);
    return field === '' ? message : `${field}: ${message}`;
  });
  return failure('bad-input', `${parts.join('; ').slice(0, 500)}.`);
}

import type { z } from 'zod';
import type { Result } from '../domain/result.ts';

export type Command = { readonly input: z.ZodType; readonly output: z.ZodType };
export type CommandTable = Readonly<Record<string, Command>>;

export function command<I extends z.ZodType, O extends z.ZodType>(input: I, output: O) {
  return { input, output } as const;
}

/** What a caller may pass, defaults left out. */
export type CallOf<C extends Command> = z.input<C['input']>;
export type InputOf<C extends Command> = z.output<C['input']>;
export type OutputOf<C extends Command> = z.output<C['output']>;

/** Exactly one handler for each command: a missing one does not compile. */
export type Handlers<T extends CommandTable> = {
  readonly [K in keyof T]: (input: InputOf<T[K]>) => Promise<Result<OutputOf<T[K]>>> | Result<OutputOf<T[K]>>;
};

/** What clients of every kind hold: the one door in. */
export type Call<T extends CommandTable> = <K extends keyof T & string>(
  name: K,
  input: CallOf<T[K]>,
) => Promise<Result<OutputOf<T[K]>>>;

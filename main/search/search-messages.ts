import type { IndexEngine } from './index-engine.ts';

/** What the thread of the index is asked; each is answered by the engine's method of that name. */
export type SearchVerbs = Pick<
  IndexEngine,
  'query' | 'count' | 'keys' | 'position' | 'scale' | 'measure' | 'marks' | 'all' | 'release'
>;
export type SearchVerb = keyof SearchVerbs;

/** `now` is the asker's clock: ms since the epoch. */
export type SearchRequest =
  | { readonly id: number; readonly verb: SearchVerb; readonly input: readonly unknown[]; readonly now: number }
  /** Loads the index, so that the first question finds it. Not answered. */
  | { readonly verb: 'warm'; readonly now: number }
  /** The thread tidies up and ends. */
  | { readonly verb: 'close' };

export type SearchReply =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly error: ThrownError };

/** An exception as it crosses: SQLite's and the system's codes would be lost with the error itself. */
export type ThrownError = {
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  readonly errcode: number | undefined;
};

export function toThrown(error: unknown): ThrownError {
  if (!(error instanceof Error))
    return { message: String(error), stack: undefined, code: undefined, errcode: undefined };
  const { message, stack } = error;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const errcode = 'errcode' in error && typeof error.errcode === 'number' ? error.errcode : undefined;
  return { message, stack, code, errcode };
}

export function fromThrown({ message, stack, code, errcode }: ThrownError): Error {
  const error = Object.assign(new Error(message), { code, errcode });
  if (stack !== undefined) error.stack = stack;
  return error;
}

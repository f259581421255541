import type { ThrownError } from '../../../domain/thrown-error.ts';
import type { IndexEngine } from './index-engine.ts';

/** What the thread of the index is asked; each is answered by the engine's method of that name. */
export type SearchVerbs = Pick<
  IndexEngine,
  | 'query'
  | 'counts'
  | 'keys'
  | 'position'
  | 'scale'
  | 'select'
  | 'measure'
  | 'marks'
  | 'all'
  | 'release'
  | 'releaseSelection'
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

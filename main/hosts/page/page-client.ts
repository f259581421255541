import type { Dispatch } from '../../dispatch.ts';
import { failure } from '../../domain/failure.ts';
import { fail } from '../../domain/result.ts';
import { isNestedDeeperThan } from './nesting.ts';

/** One page's way through the door, which knows what results the page holds and what it has planned for it. */
export type PageClient = {
  readonly dispatch: Dispatch;
  /** The page is no more: its results are let go of, what is being planned for it is ended. Whoever calls next is another. */
  leave(): void;
};

/** No command takes as many levels; what has thousands can't be passed on to another thread. */
const mostLevels = 32;

/** More than are kept for all pages together. */
const mostHandles = 64;

export function createPageClient(dispatch: Dispatch): PageClient {
  let held = new Set<number>();
  const planning = new Map<object, string>();
  const release = (handle: number): void => void dispatch('catalogue.release', { handle });
  return {
    async dispatch(name, input) {
      if (isNestedDeeperThan(input, mostLevels)) return fail(tooDeep);
      const own = held;
      if (name === 'catalogue.release') own.delete(handleIn(input));
      const asked = {};
      const ticket = name === 'downloads.plan' ? ticketIn(input) : undefined;
      if (ticket !== undefined) planning.set(asked, ticket);
      const result = await dispatch(name, input);
      planning.delete(asked);
      if (name !== 'catalogue.query' || !result.ok) return result;
      const handle = handleIn(result.value);
      // The page went away meanwhile.
      if (own !== held) release(handle);
      else own.add(handle);
      const [oldest = 0] = own;
      if (own.size > mostHandles) own.delete(oldest);
      return result;
    },
    leave() {
      const left = held;
      held = new Set();
      for (const handle of left) release(handle);
      for (const ticket of planning.values()) void dispatch('downloads.drop', { ticket });
      planning.clear();
    },
  };
}

const tooDeep = failure('bad-input', `The input has more than ${mostLevels} levels. No command takes as many.`);

/** 0, which names nothing, where there is none. */
function handleIn(value: unknown): number {
  const isNamed = typeof value === 'object' && value !== null && 'handle' in value;
  return isNamed && typeof value.handle === 'number' ? value.handle : 0;
}

function ticketIn(input: unknown): string | undefined {
  const isNamed = typeof input === 'object' && input !== null && 'ticket' in input;
  return isNamed && typeof input.ticket === 'string' ? input.ticket : undefined;
}

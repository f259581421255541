import type { Dispatch } from '../../../dispatch.ts';
import { failure } from '../../../domain/failure.ts';
import { fail } from '../../../domain/result.ts';
import { isNestedDeeperThan } from './nesting.ts';

/** One page's way through the door, which knows what results and selections the page holds and what it has planned. */
export type PageClient = {
  readonly dispatch: Dispatch;
  /**
   * Releases the closed page's results and selections, and cancels its planning. Its newest selection is kept for the
   * page that takes its place, as after a reload. Whoever calls next is another page.
   */
  leave(): void;
};

/** No command takes as many levels; what has thousands can't be passed on to another thread. */
const mostLevels = 32;

const tooDeep = failure('bad-input', `The input has more than ${mostLevels} levels. No command takes as many.`);

/** More than are kept for all pages together. */
const mostHandles = 64;
/** The newest is what is selected; the others are for undoing. */
const mostSelections = 16;

export function createPageClient(dispatch: Dispatch): PageClient {
  let held = new Set<number>();
  const planning = new Map<object, string>();
  const selections = createHeldSelections(dispatch);
  const release = (handle: number): void => void dispatch('catalogue.release', { handle });
  return {
    async dispatch(name, input) {
      if (isNestedDeeperThan(input, mostLevels)) return fail(tooDeep);
      const own = held;
      if (name === 'catalogue.release') own.delete(handleIn(input));
      const asked = {};
      const ticket = name === 'downloads.plan' ? ticketIn(input) : undefined;
      if (ticket !== undefined) planning.set(asked, ticket);
      const keepSelection = name === 'selection.change' ? selections.expect() : undefined;
      const result = await dispatch(name, input);
      planning.delete(asked);
      if (result.ok) keepSelection?.(result.value);
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
      selections.leave();
      for (const ticket of planning.values()) void dispatch('downloads.drop', { ticket });
      planning.clear();
    },
  };
}

/** Releases all but the newest selections of a page, and when it was closed all but the last one. */
function createHeldSelections(dispatch: Dispatch) {
  let held: string[] = [];
  const release = (selection: string, mayReturn: boolean): void =>
    void dispatch('selection.release', { selection, mayReturn });
  return {
    /** Returns the receiver of the answer, which may come after the page was closed. */
    expect() {
      const own = held;
      return (value: unknown): void => {
        const selection = selectionIn(value);
        if (selection === undefined) return;
        if (own !== held) return release(selection, true);
        own.push(selection);
        if (own.length > mostSelections) for (const oldest of own.splice(0, 1)) release(oldest, false);
      };
    },
    leave(): void {
      const left = held;
      held = [];
      for (const [index, selection] of left.entries()) release(selection, index === left.length - 1);
    },
  };
}

function selectionIn(value: unknown): string | undefined {
  const isNamed = typeof value === 'object' && value !== null && 'selection' in value;
  return isNamed && typeof value.selection === 'string' ? value.selection : undefined;
}

/** 0, which names nothing, where there is none. */
function handleIn(value: unknown): number {
  const isNamed = typeof value === 'object' && value !== null && 'handle' in value;
  return isNamed && typeof value.handle === 'number' ? value.handle : 0;
}

function ticketIn(input: unknown): string | undefined {
  const isNamed = typeof input === 'object' && input !== null && 'ticket' in input;
  return isNamed && typeof input.ticket === 'string' ? input.ticket : undefined;
}

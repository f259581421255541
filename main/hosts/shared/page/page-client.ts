import type { Dispatch } from '../../../dispatch.ts';
import { failure } from '../../../domain/failure.ts';
import { fail } from '../../../domain/result.ts';
import { isNestedDeeperThan } from './nesting.ts';

/** One page's dispatch, which tracks the results, selections and plans that the page holds. */
export type PageClient = {
  readonly dispatch: Dispatch;
  /**
   * Releases the closed page's results and selections, and cancels its planning. Its newest selection is kept for the
   * page that replaces it, as after a reload. Later calls belong to another page.
   */
  leave(): void;
};

/** No command needs as many levels; thousands of them could not be passed to another thread. */
const maxLevels = 32;

const tooDeep = failure('bad-input', `The input has more than ${maxLevels} levels. No command takes as many.`);

/** Exceeds the number kept for all pages together. */
const maxHandles = 64;
/** The newest is the current selection; the others are for undo. */
const maxSelections = 16;

export function createPageClient(dispatch: Dispatch): PageClient {
  let handles = new Set<number>();
  const planning = new Map<object, string>();
  const selections = createSelectionTracker(dispatch);
  const release = (handle: number): void => void dispatch('catalogue.release', { handle });
  return {
    async dispatch(name, input) {
      if (isNestedDeeperThan(input, maxLevels)) return fail(tooDeep);
      const ownHandles = handles;
      if (name === 'catalogue.release') ownHandles.delete(handleIn(input));
      const call = {};
      const ticket = name === 'downloads.plan' ? ticketIn(input) : undefined;
      if (ticket !== undefined) planning.set(call, ticket);
      const keepSelection = name === 'selection.change' ? selections.expect() : undefined;
      const result = await dispatch(name, input);
      planning.delete(call);
      if (result.ok) keepSelection?.(result.value);
      if (name !== 'catalogue.query' || !result.ok) return result;
      const handle = handleIn(result.value);
      // The page was closed in the meantime.
      if (ownHandles !== handles) release(handle);
      else ownHandles.add(handle);
      const [oldest = 0] = ownHandles;
      if (ownHandles.size > maxHandles) ownHandles.delete(oldest);
      return result;
    },
    leave() {
      const released = handles;
      handles = new Set();
      for (const handle of released) release(handle);
      selections.leave();
      for (const ticket of planning.values()) void dispatch('downloads.drop', { ticket });
      planning.clear();
    },
  };
}

/** Releases all but the newest selections of a page; once it is closed, all but the last one. */
function createSelectionTracker(dispatch: Dispatch) {
  let selections: string[] = [];
  const release = (selection: string, mayReturn: boolean): void =>
    void dispatch('selection.release', { selection, mayReturn });
  return {
    /** Returns a callback for the answer, which may arrive after the page was closed. */
    expect() {
      const ownSelections = selections;
      return (value: unknown): void => {
        const selection = selectionIn(value);
        if (selection === undefined) return;
        if (ownSelections !== selections) return release(selection, true);
        ownSelections.push(selection);
        if (ownSelections.length > maxSelections)
          for (const oldest of ownSelections.splice(0, 1)) release(oldest, false);
      };
    },
    leave(): void {
      const released = selections;
      selections = [];
      for (const [index, selection] of released.entries()) release(selection, index === released.length - 1);
    },
  };
}

function selectionIn(value: unknown): string | undefined {
  const isNamed = typeof value === 'object' && value !== null && 'selection' in value;
  return isNamed && typeof value.selection === 'string' ? value.selection : undefined;
}

/** Returns 0, which names no result, if there is none. */
function handleIn(value: unknown): number {
  const isNamed = typeof value === 'object' && value !== null && 'handle' in value;
  return isNamed && typeof value.handle === 'number' ? value.handle : 0;
}

function ticketIn(input: unknown): string | undefined {
  const isNamed = typeof input === 'object' && input !== null && 'ticket' in input;
  return isNamed && typeof input.ticket === 'string' ? input.ticket : undefined;
}

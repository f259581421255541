import type { Counts, QueryTotals } from '../../main/contract/commands/catalogue.ts';
import type { CountsAsked } from '../client/counted.ts';
import type { MessageKey } from '../../main/messages/messages.ts';

export type LibraryEntry = { readonly label: MessageKey; readonly query: string };

/** The standing questions of the sidebar: each is the query that it stands for. */
export const libraryEntries = [
  { label: 'library.all', query: '' },
  { label: 'library.new', query: 'is:new' },
  { label: 'library.notDownloaded', query: '-is:downloaded -is:other' },
  { label: 'library.changed', query: 'is:changed' },
  { label: 'library.gone', query: 'is:gone' },
  { label: 'library.broken', query: 'is:broken' },
  { label: 'library.other', query: 'is:other' },
] as const satisfies readonly LibraryEntry[];

/** How many images each of them finds, and each account has. */
export class Library {
  counts = $state.raw<ReadonlyMap<string, QueryTotals>>(new Map());
  #accounts = $state.raw<ReadonlyMap<number, number> | undefined>();

  /** All images that are there, once that is known. */
  get total(): number | undefined {
    return this.counts.get('')?.count;
  }

  /** Images of an account, once they are counted: at the same moment as everything else. */
  imagesOf(accountId: number): number | undefined {
    return this.#accounts === undefined ? undefined : (this.#accounts.get(accountId) ?? 0);
  }

  readonly counted = {
    asks: () => ({ texts: libraryEntries.map(({ query }) => query) }),
    take: ({ totals, accounts }: Counts, { texts }: CountsAsked) => {
      this.counts = new Map(
        texts.flatMap((text, index) => {
          const counted = totals[index];
          return counted === undefined ? [] : [[text, counted] as const];
        }),
      );
      this.#accounts = new Map(accounts.map(({ accountId, images }) => [accountId, images]));
    },
  };
}

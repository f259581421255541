import type { QueryTotals } from '../../main/contract/catalogue.ts';
import { changesResults } from '../client/changes.ts';
import type { Door } from '../client/connect.svelte.ts';
import { atMostEvery, coalesce, countsMs, weightsMs } from '../client/coalesce.ts';
import type { MessageKey } from '../messages/messages.ts';
import { noImages } from '../selection/no-images.ts';

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

/** How many images each of them finds. */
export class Library {
  counts = $state.raw<ReadonlyMap<string, QueryTotals>>(new Map());
  readonly #door: Door;

  constructor(door: Door) {
    this.#door = door;
  }

  /** All images that are there, once that is known. */
  get total(): number | undefined {
    return this.counts.get('')?.count;
  }

  listen(): void {
    const follow = atMostEvery(countsMs, this.load);
    const reweigh = atMostEvery(weightsMs, this.load);
    this.#door.listen((message) => {
      if (changesResults(message)) follow();
      if (message.topic === 'images') reweigh();
    });
  }

  readonly load = coalesce(async () => {
    const texts = libraryEntries.map(({ query }) => query);
    const counted = await this.#door.call('catalogue.count', { texts });
    if (counted.ok) this.counts = new Map(texts.map((text, index) => [text, counted.value[index] ?? noImages]));
  });
}

import type { ImageRow, QueryTotals } from '../../main/contract/catalogue.ts';
import type { Failure } from '../../main/domain/failure.ts';
import type { ImageKey } from '../../main/domain/image.ts';
import type { QueryMistake } from '../../main/domain/query/mistake.ts';
import { parseQuery, sortOf } from '../../main/domain/query/parse-query.ts';
import { printQuery } from '../../main/domain/query/print-query.ts';
import type { Sort } from '../../main/domain/query/query-tree.ts';
import type { Door } from '../client/connect.svelte.ts';
import { coalesce } from '../client/coalesce.ts';
import { withOrder, withoutOrder } from '../search/order-text.ts';
import { GridView } from './grid-view.svelte.ts';
import { RowPages } from './row-pages.svelte.ts';

/** One result as it was found; its order stays, whatever becomes of the catalogue. */
export type ShownResult = {
  readonly handle: number;
  /** What found it, in its order: mistakes are gone from it. */
  readonly query: string;
  /** The same without the order. */
  readonly filter: string;
  readonly totals: QueryTotals;
  readonly rows: RowPages;
};

/** A running sync changes the catalogue ten times a second: looking once in this time is enough. */
const followMs = 700;

/** What is searched for, what was found, and which part of it is in view. */
export class Gallery {
  /** As typed. */
  text = $state('');
  /** Chosen from the menu; a `sort:` in the text comes before it. */
  order = $state.raw<Sort | null>(null);
  result = $state.raw<ShownResult | undefined>();
  /** Why nothing could be found at all. */
  failure = $state.raw<Failure | undefined>();
  /** Raised when pictures that could not be had may be asked for again. */
  pictureTurn = $state(0);
  /** The position that the keyboard stands on, and the inspector shows. */
  active = $state<number | undefined>();
  readonly view: GridView;
  readonly #door: Door;
  #asked = 0;
  #isFollowing = false;

  constructor(door: Door) {
    this.#door = door;
    this.view = new GridView(() => this.result?.totals.count ?? 0);
  }

  readonly parsed = $derived(parseQuery(this.text));
  readonly query = $derived(withOrder(this.text, this.order));
  readonly sort: Sort = $derived(sortOf(parseQuery(this.query)));

  get mistakes(): readonly QueryMistake[] {
    return this.parsed.mistakes;
  }

  get activeRow(): ImageRow | undefined {
    return this.active === undefined ? undefined : this.result?.rows.at(this.active);
  }

  listen(): void {
    this.#door.listen((message) => {
      const { topic } = message;
      // What was downloaded is found, or no longer found, by what is searched for.
      const hasEnded = topic === 'batch' && message.batch.state !== 'running';
      if (topic === 'catalogue' || topic === 'accounts' || hasEnded) this.#follow();
      if (topic === 'images' || topic === 'batch') void this.refreshRows();
      if (topic === 'pictures') this.pictureTurn += 1;
    });
  }

  readonly load = (): Promise<void> => this.#find('stay');

  async search(text: string): Promise<void> {
    this.text = text;
    await this.#find('top');
  }

  async sortBy(sort: Sort | null): Promise<void> {
    this.text = withoutOrder(this.text);
    this.order = sort;
    await this.#find('top');
  }

  /** Rows in view are read again: what was learned of their images shows, and their order stays. */
  readonly refreshRows = coalesce(async () => {
    const { first, end } = this.view.positions;
    await this.result?.rows.refresh(first, end);
  });

  async rowAt(position: number): Promise<ImageRow | undefined> {
    const rows = this.result?.rows;
    await rows?.ensure(position, position + 1);
    return rows?.at(position);
  }

  /** Moves the keyboard's place, and the view with it. */
  activate(position: number | undefined): void {
    this.active = position;
    if (position !== undefined) this.view.show(position);
  }

  #follow(): void {
    if (this.#isFollowing) return;
    this.#isFollowing = true;
    setTimeout(() => {
      this.#isFollowing = false;
      void this.#find('stay');
    }, followMs);
  }

  /** The old result stays in sight until the first rows of the new one are there. */
  async #find(how: 'top' | 'stay'): Promise<void> {
    const turn = ++this.#asked;
    const query = this.query;
    const found = await this.#door.call('catalogue.query', { text: query });
    // A later keystroke overtook this one.
    if (turn !== this.#asked) {
      if (found.ok) void this.#door.call('catalogue.release', { handle: found.value.handle });
      return;
    }
    this.failure = found.ok ? undefined : found.error;
    if (!found.ok) return;
    const { handle, totals } = found.value;
    const rows = this.#rowsOf(handle, totals.count);
    const places = how === 'stay' ? await this.#placesIn(handle) : { active: undefined, first: undefined };
    const from = how === 'top' ? 0 : (places.first ?? this.view.positions.first);
    await rows.ensure(from, from + this.view.positions.end - this.view.positions.first);
    if (turn !== this.#asked) return;
    const before = this.result;
    const { tree } = parseQuery(query);
    const filter = printQuery({ tree, sort: null });
    this.result = { handle, query: printQuery({ tree, sort: sortOf(parseQuery(query)) }), filter, totals, rows };
    this.active = places.active;
    if (how === 'top') this.view.toTop();
    else this.view.keep(places.first);
    if (before !== undefined) void this.#door.call('catalogue.release', { handle: before.handle });
  }

  /** A result that the core no longer keeps is looked for again. */
  #rowsOf(handle: number, count: number): RowPages {
    return new RowPages(count, async (from, to) => {
      const rows = await this.#door.call('catalogue.rows', { handle, from, to });
      if (!rows.ok && rows.error.code === 'unknown-handle' && this.result?.handle === handle) this.#follow();
      return rows;
    });
  }

  /** Where the image that the keyboard stands on, and the first one in view, stand in another result. */
  async #placesIn(handle: number): Promise<{ active: number | undefined; first: number | undefined }> {
    const { rows } = this.result ?? {};
    const find = async (position: number | undefined) => {
      const row = position === undefined ? undefined : rows?.at(position);
      return row === undefined ? undefined : this.#positionIn(handle, row);
    };
    // At the top the newest come into sight by themselves.
    const first = this.view.place.layoutTop === 0 ? undefined : this.view.firstVisible;
    const [active, anchor] = await Promise.all([find(this.active), find(first)]);
    return { active, first: anchor };
  }

  async #positionIn(handle: number, { accountId, id }: ImageKey): Promise<number | undefined> {
    const found = await this.#door.call('catalogue.position', { handle, image: { accountId, id } });
    return found.ok ? (found.value ?? undefined) : undefined;
  }
}

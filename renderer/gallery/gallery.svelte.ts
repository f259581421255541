import type { ImageRow } from '../../main/contract/catalogue.ts';
import { failure, type Failure } from '../../main/domain/failure.ts';
import type { ImageKey } from '../../main/domain/image.ts';
import type { QueryMistake } from '../../main/domain/query/mistake.ts';
import { parseQuery, sortOf } from '../../main/domain/query/parse-query.ts';
import { fail } from '../../main/domain/result.ts';
import { selectResult } from '../../main/domain/selection.ts';
import type { Sort } from '../../main/domain/query/query-tree.ts';
import { changesResults } from '../client/changes.ts';
import type { Door } from '../client/connect.svelte.ts';
import { atMostEvery, coalesce, countsMs, weightsMs } from '../client/coalesce.ts';
import { withOrder, withoutOrder } from '../search/order-text.ts';
import { inScope } from '../search/scope.ts';
import { termsOf } from '../search/terms.ts';
import { pageRows, RowPages } from '../lists/row-pages.svelte.ts';
import { GridView } from './grid-view.svelte.ts';
import { createPictureLine, type PictureLine } from './picture-line.ts';
import { describeQuery, type ShownResult } from './shown-result.ts';

/** A running sync changes the catalogue ten times a second: looking once in this time is enough. */
const followMs = 700;
/** As many as a query answers with at most. */
const mostFirstRows = 500;
/** What one browser asks one host for at once. */
const mostPictures = 6;

/** What is searched for, what was found, and which part of it is in view. */
export class Gallery {
  /** As typed. */
  text = $state('');
  /** The query that the sidebar narrows the search to; '' for all images. */
  scope = $state('');
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
  /** Pictures come in its order. */
  readonly pictures: PictureLine;
  readonly #door: Door;
  #asked = 0;
  /** What is asked for and not answered yet. */
  #finding: { readonly asked: string; readonly done: Promise<void> } | undefined;
  /** The query that could not be answered. */
  #failed = $state<string | undefined>();

  constructor(door: Door) {
    this.#door = door;
    this.view = new GridView(() => this.result?.count ?? 0);
    this.pictures = createPictureLine({
      most: mostPictures,
      rank: (position) => this.view.farFromSight(position),
      now: () => performance.now(),
      later: (ms, run) => requestAnimationFrame(() => setTimeout(run, ms)),
    });
  }

  readonly parsed = $derived(parseQuery(this.text));
  /** What is marked in the names. */
  readonly terms = $derived(termsOf(this.parsed.tree));
  readonly query = $derived(withOrder(inScope(this.scope, this.text), this.order));
  readonly sort: Sort = $derived(sortOf(parseQuery(this.query)));

  /** What is in view is still the result of an earlier text. */
  get isBehind(): boolean {
    return this.result?.asked !== this.query && this.#failed !== this.query;
  }

  /** Whether anything is searched for: else every image is shown. */
  get isNarrowed(): boolean {
    return this.scope !== '' || this.text.trim() !== '';
  }

  get mistakes(): readonly QueryMistake[] {
    return this.parsed.mistakes;
  }

  get activeRow(): ImageRow | undefined {
    return this.active === undefined ? undefined : this.result?.rows.at(this.active);
  }

  listen(): void {
    this.#door.listen((message) => {
      const { topic } = message;
      if (changesResults(message)) this.#follow();
      if (topic === 'images' || topic === 'batch') this.#refreshSoon();
      if (topic === 'images') this.#reweigh();
      if (topic === 'pictures') this.pictureTurn += 1;
    });
  }

  readonly load = async (): Promise<void> => {
    await Promise.all([this.#showNewest(), this.#find('stay')]);
  };

  /** Keeps the scope unless another one is given. */
  async search(text: string, scope = this.scope): Promise<void> {
    this.text = text;
    this.scope = scope;
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

  readonly #refreshSoon = atMostEvery(countsMs, this.refreshRows);

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

  /** What is being looked for already, or takes too long, is not begun anew by every change: it would never be said. */
  readonly #follow = atMostEvery(followMs, async () => {
    if (this.#finding?.asked === this.query) await this.#finding.done;
    if (this.failure?.code !== 'query-mistake' || this.#failed !== this.query) await this.#find('stay');
  });

  /** Sizes became exact: what the result comes to is added up again, as long as it is the same images. */
  readonly #reweigh = atMostEvery(weightsMs, async () => {
    const { result } = this;
    if (result?.totals === undefined || result.totals === null) return;
    const weighed = await this.#door.call('selection.measure', { selection: selectResult(result.filter) });
    if (!weighed.ok || this.result !== result || weighed.value.count !== result.count) return;
    this.result = { ...result, totals: weighed.value };
  });

  /** A first screen before the index is read: what an empty search begins with, while its sizes are not added up yet. */
  async #showNewest(): Promise<void> {
    const isWanted = () => this.result === undefined && this.query === '';
    if (!isWanted()) return;
    const newest = await this.#door.call('catalogue.newest', { limit: this.#firstRows });
    // The index was quicker, or something is searched for by now.
    if (!newest.ok || !isWanted()) return;
    const { count, rows } = newest.value;
    const unread = () => Promise.resolve(fail(failure('busy', 'The index is being read.')));
    const pages = new RowPages(count, unread, rows);
    this.result = { handle: null, asked: '', ...describeQuery(''), count, totals: null, rows: pages };
  }

  async #find(how: 'top' | 'stay'): Promise<void> {
    const done = this.#show(this.query, how);
    const finding = { asked: this.query, done };
    this.#finding = finding;
    await done;
    if (this.#finding === finding) this.#finding = undefined;
  }

  /** The old result stays in sight until the first rows of the new one are there. */
  async #show(asked: string, how: 'top' | 'stay'): Promise<void> {
    const turn = ++this.#asked;
    const found = await this.#door.call('catalogue.query', { text: asked, take: this.#firstRows });
    // A later keystroke overtook this one.
    if (turn !== this.#asked) return this.#release(found.ok ? found.value.handle : null);
    this.failure = found.ok ? undefined : found.error;
    this.#failed = found.ok ? undefined : asked;
    if (!found.ok) return;
    const { handle, totals } = found.value;
    const rows = this.#rowsOf(handle, totals.count, found.value.rows);
    const places = how === 'stay' ? await this.#placesIn(handle) : { active: undefined, first: undefined };
    const from = how === 'top' ? 0 : (places.first ?? this.view.positions.first);
    await rows.ensure(from, from + this.view.positions.end - this.view.positions.first);
    if (turn !== this.#asked) return this.#release(handle);
    const before = this.result?.handle ?? null;
    this.result = { handle, asked, ...describeQuery(asked), count: totals.count, totals, rows };
    this.active = places.active;
    if (how === 'top') this.view.toTop();
    else this.view.keep(places.first);
    this.#release(before);
  }

  /** The first screen, in whole pages: the rows come along with their result. */
  get #firstRows(): number {
    const { layout, slots } = this.view;
    return Math.min(mostFirstRows, Math.ceil((slots * layout.columns) / pageRows) * pageRows);
  }

  #release(handle: number | null): void {
    if (handle !== null) void this.#door.call('catalogue.release', { handle });
  }

  /** A result that the core no longer keeps is looked for again. */
  #rowsOf(handle: number, count: number, first: readonly ImageRow[]): RowPages {
    const fetch = async (from: number, to: number) => {
      const rows = await this.#door.call('catalogue.rows', { handle, from, to });
      if (!rows.ok && rows.error.code === 'unknown-handle' && this.result?.handle === handle) this.#follow();
      return rows;
    };
    return new RowPages(count, fetch, first);
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

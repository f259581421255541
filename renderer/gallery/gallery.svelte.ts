import type { Counts, ImageRow } from '../../main/contract/commands/catalogue.ts';
import type { Failure } from '../../main/domain/failure.ts';
import type { QueryMistake } from '../../main/domain/query/mistake.ts';
import { parseQuery, sortOf } from '../../main/domain/query/parse/parse-query.ts';
import type { Sort } from '../../main/domain/query/query-tree.ts';
import { changesResults } from '../client/changes.ts';
import type { RpcClient } from '../client/connect.svelte.ts';
import { atMostEvery, coalesce, countsMs, weightsMs } from '../client/coalesce.ts';
import { askTogether, type Counted, type CountsAsked } from '../client/counted.ts';
import type { Searched } from '../search/address.ts';
import { withOrder, withoutOrder } from '../search/order-text.ts';
import { inScope } from '../search/scope.ts';
import { termsOf } from '../search/terms.ts';
import { RowPages } from '../lists/row-pages.svelte.ts';
import { pageRows } from '../lists/row-reader.ts';
import { findInResult, type Positions } from './find-in-result.ts';
import { GridView } from './grid/grid-view.svelte.ts';
import { createThumbnailQueue, type ThumbnailQueue } from './grid/thumbnail-queue.ts';
import { describeQuery, toResultInView, type ResultInView, type ShownResult } from './shown-result.ts';

/** A running sync changes the catalogue ten times a second: looking once in this time is enough. */
const followMs = 500;
/** As many as a query answers with at most. */
const mostFirstRows = 500;
/** So many results one after the other may be lost before one of them was read. */
const mostLost = 5;
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
  readonly pictures: ThumbnailQueue;
  /** The parts whose counts are of the same moment as the result. */
  readonly counted: Counted[] = [];
  readonly #door: RpcClient;
  /** Something may have changed since everything was counted. */
  #isUncounted = true;
  #asked = 0;
  /** What is asked for and not answered yet. */
  #finding: { readonly asked: string; readonly done: Promise<void> } | undefined;
  /** Results that the core no longer kept when their rows were asked for, since rows were read last. */
  readonly #lost = new Set<number>();
  /** The query that could not be answered. */
  #failed = $state<string | undefined>();

  constructor(door: RpcClient) {
    this.#door = door;
    this.view = new GridView(() => this.result?.count ?? 0);
    this.pictures = createThumbnailQueue({
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
  readonly #whole = $derived(parseQuery(this.query));
  readonly sort: Sort = $derived(sortOf(this.#whole));

  /** What is in view is still the result of an earlier text. */
  get isBehind(): boolean {
    return this.result?.asked !== this.query && this.#failed !== this.query;
  }

  /** Whether anything is searched for: else every image is shown. */
  get isNarrowed(): boolean {
    return this.scope !== '' || this.text.trim() !== '';
  }

  /** Of the text, or of what it becomes in its scope and order, which may be too long or too deep. */
  get mistakes(): readonly QueryMistake[] {
    const place = { start: 0, end: this.text.length };
    return this.parsed.mistakes.length > 0
      ? this.parsed.mistakes
      : this.#whole.mistakes.map((mistake) => ({ ...mistake, ...place }));
  }

  get activeRow(): ImageRow | undefined {
    return this.active === undefined ? undefined : this.result?.rows.at(this.active);
  }

  listen(): void {
    this.#door.listen((message) => {
      const { topic } = message;
      if (changesResults(message) || topic === 'images') this.#isUncounted = true;
      if (changesResults(message)) this.#follow();
      if (topic === 'images' || topic === 'batch') this.#refreshSoon();
      if (topic === 'images') this.#reweigh();
      if (topic === 'pictures') this.pictureTurn += 1;
    });
  }

  readonly load = async (): Promise<void> => {
    this.#isUncounted = true;
    await Promise.all([this.#showNewest(), this.#find('stay')]);
    if (this.failure !== undefined) await this.#recount();
  };

  /** The result in view once the core holds it, as the first screen may come before; undefined if there is none. */
  async whenHeld(): Promise<ResultInView | undefined> {
    if (typeof this.result?.handle !== 'number') await this.#finding?.done;
    return toResultInView(this.result);
  }

  /** Queries again what is in view. */
  async renew(): Promise<void> {
    await this.#find('stay');
  }

  /** Keeps the scope unless another one is given. */
  async search(text: string, scope = this.scope): Promise<void> {
    this.text = text;
    this.scope = scope;
    await this.#find('top');
  }

  /** Shows an earlier search again, with its scope and order. */
  async show({ text, scope, order }: Searched): Promise<void> {
    Object.assign(this, { text, scope, order });
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
    // Another result may take the place of the one in view meanwhile: its row is meant then.
    for (;;) {
      const rows = this.result?.rows;
      await rows?.ensure(position, position + 1);
      const row = rows?.at(position);
      if (row !== undefined || rows === this.result?.rows) return row;
    }
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
    if (this.failure !== undefined) await this.#recount();
  });

  /** Sizes became exact, or nothing could be found: what is in view is counted again with everything else. */
  readonly #recount = coalesce(async () => {
    const { result } = this;
    const asked = askTogether(this.counted);
    // Counted along, to see whether the result in view is still of the same moment.
    const texts = [...asked.texts, result?.filter ?? ''];
    const counted = await this.#door.call('catalogue.counts', { ...asked, texts, handle: result?.handle ?? null });
    if (!counted.ok) return;
    const { result: totals, ...counts } = counted.value;
    const isOlder = result !== undefined && counts.totals.at(-1)?.count !== result.count;
    if (isOlder && this.failure === undefined) return this.#find('stay');
    if (result !== undefined && totals?.count === result.count && this.result === result)
      this.result = { ...result, totals };
    this.#takeCounts(counts, { ...asked, texts });
  });

  readonly #reweigh = atMostEvery(weightsMs, this.#recount);

  /** A first screen before the index is read: what an empty search begins with, while its sizes are not added up yet. */
  async #showNewest(): Promise<void> {
    const isWanted = () => this.result === undefined && this.query === '';
    if (!isWanted()) return;
    const newest = await this.#door.call('catalogue.newest', { limit: this.#firstRows });
    // The index was quicker, or something is searched for by now.
    if (!newest.ok || !isWanted()) return;
    const { count, rows } = newest.value;
    const pages = new RowPages(count, null, rows);
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
    const counts = how === 'stay' || this.#isUncounted ? askTogether(this.counted) : undefined;
    if (counts !== undefined) this.#isUncounted = false;
    const found = await this.#door.call('catalogue.query', {
      ...{ text: asked, take: this.#firstRows },
      ...(counts === undefined ? {} : { counts }),
    });
    // A later keystroke overtook this one.
    if (turn !== this.#asked) return this.#overtaken(counts, found.ok ? found.value.handle : null);
    this.failure = found.ok ? undefined : found.error;
    this.#failed = found.ok ? undefined : asked;
    if (!found.ok) return;
    const { handle, totals } = found.value;
    const rows = this.#rowsOf(handle, totals.count, found.value.rows);
    const places: Positions =
      how === 'stay' ? await findInResult(this.#door, this, handle) : { active: undefined, anchor: undefined };
    const from = how === 'top' ? 0 : (places.anchor?.position ?? this.view.positions.first);
    await rows.ensure(from, from + this.view.positions.end - this.view.positions.first);
    if (turn !== this.#asked) return this.#overtaken(counts, handle);
    const before = this.result?.handle ?? null;
    this.result = { handle, asked, ...describeQuery(asked), count: totals.count, totals, rows };
    this.#takeCounts(found.value.counts, counts);
    this.active = places.active;
    if (how === 'top') this.view.toTop();
    else this.view.keep(places.anchor);
    this.#release(before);
  }

  #takeCounts(counts: Counts | null, asked: CountsAsked | undefined): void {
    if (counts !== null && asked !== undefined) for (const part of this.counted) part.take(counts, asked);
  }

  /** The answer to an earlier query, whose counts nobody saw. */
  #overtaken(counts: CountsAsked | undefined, handle: number | null): void {
    this.#isUncounted ||= counts !== undefined;
    this.#release(handle);
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
      const isLost = !rows.ok && rows.error.code === 'unknown-handle';
      if (rows.ok) this.#lost.clear();
      if (isLost && this.result?.handle === handle && this.#lost.add(handle).size <= mostLost) this.#follow();
      return rows;
    };
    return new RowPages(count, fetch, first);
  }
}

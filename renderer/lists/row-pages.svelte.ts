import type { ImageRow } from '../../main/contract/catalogue.ts';
import type { Result } from '../../main/domain/result.ts';

export const pageRows = 50;
const mostPages = 120;
/** While so many answers are awaited, only what was wanted last is asked for next. */
const mostAsked = 3;

/** null: there is none at this place any more. */
export type FetchRows<Row> = (from: number, to: number) => Promise<Result<(Row | null)[]>>;

/** The rows of one list that were asked for, page by page; those unused for longest are let go. */
export class RowPages<Row = ImageRow> {
  readonly count: number;
  readonly #fetch: FetchRows<Row>;
  readonly #pages = new Map<number, readonly (Row | null)[]>();
  readonly #asked = new Set<number>();
  #wanted: readonly number[] = [];
  /** Raised with each page that comes, as the map itself is no state. */
  #version = $state(0);

  /** `first`: rows from the beginning that are there already. */
  constructor(count: number, fetch: FetchRows<Row>, first: readonly Row[] = []) {
    this.count = count;
    this.#fetch = fetch;
    for (let from = 0; from < first.length; from += pageRows) {
      const isWhole = from + pageRows <= first.length || first.length === count;
      if (isWhole) this.#pages.set(from / pageRows, first.slice(from, from + pageRows));
    }
  }

  at(index: number): Row | undefined {
    if (this.#version < 0) return undefined;
    return this.#pages.get(Math.floor(index / pageRows))?.[index % pageRows] ?? undefined;
  }

  /** Asks for the rows from `from` up to, and without, `to`; a later call takes the place of one that still waits. */
  want(from: number, to: number): void {
    this.#wanted = this.#pagesOf(from, to);
    this.#askNext();
  }

  /** Resolves when these rows are there, or can't be had. */
  async ensure(from: number, to: number): Promise<void> {
    await Promise.all(this.#pagesOf(from, to).map((page) => this.#load(page)));
  }

  /** Reads again what is in view, and forgets the rest: rows changed, their order did not. */
  async refresh(from: number, to: number): Promise<void> {
    const inView = this.#pagesOf(from, to);
    for (const page of [...this.#pages.keys()]) if (!inView.includes(page)) this.#pages.delete(page);
    await Promise.all(inView.map((page) => this.#read(page)));
  }

  #pagesOf(from: number, to: number): number[] {
    const first = Math.floor(Math.max(0, from) / pageRows);
    const last = Math.floor((Math.min(this.count, to) - 1) / pageRows);
    return Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
  }

  #askNext(): void {
    const next = this.#wanted.find((page) => !this.#pages.has(page) && !this.#asked.has(page));
    if (next === undefined || this.#asked.size >= mostAsked) return;
    void this.#read(next).then(() => this.#askNext());
    this.#askNext();
  }

  async #load(page: number): Promise<void> {
    const there = this.#pages.get(page);
    if (there !== undefined) {
      this.#pages.delete(page);
      this.#pages.set(page, there);
    } else if (!this.#asked.has(page)) {
      await this.#read(page);
    }
  }

  async #read(page: number): Promise<void> {
    this.#asked.add(page);
    const rows = await this.#fetch(page * pageRows, Math.min(this.count, (page + 1) * pageRows));
    this.#asked.delete(page);
    if (!rows.ok) return;
    this.#pages.set(page, rows.value);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    this.#version += 1;
  }
}

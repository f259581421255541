import type { Result } from '../../main/domain/result.ts';

export const pageRows = 50;
const mostPages = 120;
/** While so many answers are awaited, only what was wanted last is asked for next. */
const mostAsked = 3;
/** A page that fails is read again after this long, then after twice as long, and so on. */
const firstPauseMs = 250;
/** After so many failures a page is read again only once it comes into view again. */
const mostTries = 5;

/** null: there is none at this place any more. */
export type FetchRows<Row> = (from: number, to: number) => Promise<Result<(Row | null)[]>>;

export type RowReaderDeps<Row> = {
  readonly count: number;
  /** null where only the first rows are known: nothing is asked for until another reader takes its place. */
  readonly fetch: FetchRows<Row> | null;
  /** Rows from the beginning that are there already. */
  readonly first: readonly Row[];
  /** Called after each page that comes. */
  readonly changed: () => void;
  /** Runs after so many ms. */
  readonly later: (ms: number, run: () => void) => void;
};

type Failures = { tries: number; isPausing: boolean };

/** Reads the rows of one list page by page and forgets those unused for longest. Repeats a failed read a few times, each after a longer pause. */
export class RowReader<Row> {
  readonly count: number;
  readonly #deps: RowReaderDeps<Row>;
  readonly #pages = new Map<number, readonly (Row | null)[]>();
  readonly #asked = new Map<number, Promise<void>>();
  readonly #failures = new Map<number, Failures>();
  #wanted: readonly number[] = [];

  constructor(deps: RowReaderDeps<Row>) {
    const { count, first } = deps;
    this.count = count;
    this.#deps = deps;
    for (let from = 0; from < first.length; from += pageRows) {
      const isWhole = from + pageRows <= first.length || first.length === count;
      if (isWhole) this.#pages.set(from / pageRows, first.slice(from, from + pageRows));
    }
  }

  at(index: number): Row | undefined {
    return this.#pages.get(Math.floor(index / pageRows))?.[index % pageRows] ?? undefined;
  }

  /** Asks for the rows from `from` up to, and without, `to`; a later call takes the place of one that still waits. */
  want(from: number, to: number): void {
    const wanted = this.#pagesOf(from, to);
    for (const page of this.#wanted) {
      const failures = this.#failures.get(page);
      if (failures !== undefined && !wanted.includes(page)) failures.tries = 0;
    }
    this.#wanted = wanted;
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
    const next = this.#wanted.find((page) => this.#mayAsk(page));
    if (next === undefined || this.#asked.size >= mostAsked) return;
    void this.#read(next).then(() => this.#askNext());
    this.#askNext();
  }

  #mayAsk(page: number): boolean {
    if (this.#deps.fetch === null || this.#pages.has(page) || this.#asked.has(page)) return false;
    const failures = this.#failures.get(page);
    return failures === undefined || (!failures.isPausing && failures.tries < mostTries);
  }

  async #load(page: number): Promise<void> {
    const there = this.#pages.get(page);
    if (there !== undefined) {
      this.#pages.delete(page);
      this.#pages.set(page, there);
    } else {
      await (this.#asked.get(page) ?? this.#read(page));
    }
  }

  async #read(page: number): Promise<void> {
    const { fetch } = this.#deps;
    if (fetch === null) return;
    const asked = fetch(page * pageRows, Math.min(this.count, (page + 1) * pageRows)).then((rows) => {
      if (this.#asked.get(page) === asked) this.#asked.delete(page);
      this.#take(page, rows);
    });
    this.#asked.set(page, asked);
    await asked;
  }

  #take(page: number, rows: Awaited<ReturnType<FetchRows<Row>>>): void {
    const { changed } = this.#deps;
    if (!rows.ok) return this.#pause(page);
    this.#failures.delete(page);
    this.#pages.set(page, rows.value);
    const [oldest] = this.#pages.keys();
    if (this.#pages.size > mostPages && oldest !== undefined) this.#pages.delete(oldest);
    changed();
  }

  #pause(page: number): void {
    const failures = this.#failures.get(page) ?? { tries: 0, isPausing: false };
    this.#failures.set(page, failures);
    failures.tries += 1;
    if (failures.isPausing) return;
    failures.isPausing = true;
    this.#deps.later(firstPauseMs * 2 ** Math.min(mostTries, failures.tries - 1), () => {
      failures.isPausing = false;
      this.#askNext();
    });
  }
}

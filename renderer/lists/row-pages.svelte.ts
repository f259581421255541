import type { ImageRow } from '../../main/contract/commands/catalogue.ts';
import { RowReader, type FetchRows } from './row-reader.ts';

/** The rows of one list that were read, shown again with each page that comes. */
export class RowPages<Row = ImageRow> {
  readonly #reader: RowReader<Row>;
  /** Raised with each page that comes, as the rows themselves are no state. */
  #version = $state(0);

  /** `fetch` is null where only the `first` rows are known yet. */
  constructor(count: number, fetch: FetchRows<Row> | null, first: readonly Row[] = []) {
    const later = (ms: number, run: () => void) => void setTimeout(run, ms);
    this.#reader = new RowReader({ count, fetch, first, later, changed: () => (this.#version += 1) });
  }

  at(index: number): Row | undefined {
    return this.#version < 0 ? undefined : this.#reader.at(index);
  }

  /** As `RowReader.want`, for a list that is scrolled. */
  want(from: number, to: number): void {
    this.#reader.want(from, to);
  }

  ensure(from: number, to: number): Promise<void> {
    return this.#reader.ensure(from, to);
  }

  refresh(from: number, to: number): Promise<void> {
    return this.#reader.refresh(from, to);
  }
}

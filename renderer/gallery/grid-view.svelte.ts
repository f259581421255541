import { tileSizePx } from '../../main/domain/settings.ts';
import { layOut, rowsDrawn, rowsInView, rowTop, topToShow } from './grid-layout.ts';
import { afterScroll, placeAt, scrollHeight, type ScrollPlace } from '../lists/scroll-space.ts';

/** Which part of the grid is in view: its layout, and where it stands in layout and scroll space. */
export class GridView {
  width = $state(800);
  height = $state(600);
  tileSize = $state<number>(tileSizePx.usual);
  place = $state.raw<ScrollPlace>({ scrollTop: 0, layoutTop: 0 });
  readonly #count: () => number;

  constructor(count: () => number) {
    this.#count = count;
  }

  readonly layout = $derived.by(() => layOut(this.#count(), this.width, this.tileSize));
  readonly space = $derived({ contentHeight: this.layout.contentHeight, viewportHeight: this.height });
  readonly scrollHeight = $derived(scrollHeight(this.space));
  readonly rows = $derived(rowsInView(this.place.layoutTop, this.height, this.layout));

  /** How many elements for rows there are, whatever they show. */
  readonly slots = $derived(rowsDrawn(this.height, this.layout));

  /** Positions that are drawn, from `first` up to, and without, `end`, were the result long enough. */
  get positions(): { readonly first: number; readonly end: number } {
    const { first } = this.rows;
    const { columns } = this.layout;
    return { first: first * columns, end: (first + this.slots) * columns };
  }

  /** The position at the top left of the view. */
  get firstVisible(): number {
    return Math.max(0, Math.floor(this.place.layoutTop / this.layout.rowHeight)) * this.layout.columns;
  }

  /** How many images lie between an image and what is in sight; in there, their order from the top. Below zero stays so. */
  farFromSight(position: number): number {
    const { columns, rowHeight } = this.layout;
    const inSight = (Math.ceil(this.height / rowHeight) + 1) * columns;
    const from = this.firstVisible;
    return position < from && position >= 0 ? inSight + from - position : position - (position < 0 ? 0 : from);
  }

  get rowsOnPage(): number {
    return Math.max(1, Math.floor(this.height / this.layout.rowHeight));
  }

  /** The browser scrolled. */
  scrolled(scrollTop: number): void {
    if (scrollTop !== this.place.scrollTop) this.place = afterScroll(this.place, scrollTop, this.space);
  }

  /** Brings the two spaces back together, unseen, when nothing moves. */
  settle(): void {
    this.#go(this.place.layoutTop);
  }

  toTop(): void {
    this.#go(0);
  }

  /** To a place in layout space, px from the top; beyond an end, to the end. */
  goTo(layoutTop: number): void {
    this.#go(layoutTop);
  }

  show(position: number): void {
    const row = Math.floor(position / this.layout.columns);
    const top = topToShow(row, this.place.layoutTop, this.height, this.layout);
    if (top !== this.place.layoutTop) this.#go(top);
  }

  /** After another result took the place of the one in view: the same image stays where it was, or the place does. */
  keep(position: number | undefined): void {
    if (position === undefined) return this.#go(this.place.layoutTop);
    const offset = this.place.layoutTop % this.layout.rowHeight;
    this.#go(Math.floor(position / this.layout.columns) * this.layout.rowHeight + offset);
  }

  /** Keeps the image at the top of the view there while the tiles or the window change their size. */
  resize(change: { width?: number; height?: number; tileSize?: number }): void {
    const anchor = this.firstVisible;
    const { width = this.width, height = this.height, tileSize = this.tileSize } = change;
    if (width === this.width && height === this.height && tileSize === this.tileSize) return;
    const columns = this.layout.columns;
    Object.assign(this, { width, height, tileSize });
    if (this.layout.columns === columns && change.tileSize === undefined) return this.#go(this.place.layoutTop);
    const row = Math.floor(anchor / this.layout.columns);
    this.#go(row === 0 ? 0 : rowTop(row, this.layout) - this.layout.rowHeight * 0.1);
  }

  #go(layoutTop: number): void {
    const place = placeAt(layoutTop, this.space);
    if (place.scrollTop !== this.place.scrollTop || place.layoutTop !== this.place.layoutTop) this.place = place;
  }
}

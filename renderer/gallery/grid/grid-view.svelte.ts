import { tileSizePx } from '../../../main/domain/settings.ts';
import { anchorAt, topOf, type GridAnchor } from './grid-anchor.ts';
import { layOut, margin, rowsDrawn, rowsInView, topToShow } from './grid-layout.ts';
import { afterScroll, offsetAt, scrollHeight, type ScrollOffset } from '../../lists/scroll-space.ts';

/** Which part of the grid is in view: its layout, and where it stands in layout and scroll space. */
export class GridView {
  width = $state(800);
  height = $state(600);
  tileSize = $state<number>(tileSizePx.usual);
  place = $state.raw<ScrollOffset>({ scrollTop: 0, layoutTop: 0 });
  readonly #count: () => number;
  #anchor: GridAnchor = { position: 0, offset: margin, visible: Infinity };

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

  /** The image that keeps its place while the layout changes: the first one in view since the user moved the view. */
  get anchor(): GridAnchor {
    return this.#anchor;
  }

  /** The browser scrolled. It cuts off fractions of what it is told, which moves nothing. */
  scrolled(scrollTop: number): void {
    if (Math.abs(scrollTop - this.place.scrollTop) < 1) return;
    this.place = afterScroll(this.place, scrollTop, this.space);
    this.#anchor = anchorAt(this.place.layoutTop, this.layout);
  }

  /** Brings the two spaces back together, unseen, when nothing moves. */
  settle(): void {
    this.#go(this.place.layoutTop);
  }

  toTop(): void {
    this.goTo(0);
  }

  /** To a place in layout space, px from the top; beyond an end, to the end. */
  goTo(layoutTop: number): void {
    this.#go(layoutTop);
    this.#anchor = anchorAt(this.place.layoutTop, this.layout);
  }

  show(position: number): void {
    const row = Math.floor(position / this.layout.columns);
    const top = topToShow(row, this.place.layoutTop, this.height, this.layout);
    if (top !== this.place.layoutTop) this.goTo(top);
  }

  /** After another result took the place of the one in view: the same image stays where it was, or the place does. */
  keep(anchor: GridAnchor | undefined): void {
    if (anchor === undefined) return this.goTo(this.place.layoutTop);
    this.#anchor = anchor;
    this.#go(topOf(anchor, this.layout));
  }

  /**
   * Keeps the first image in view where it is while the tiles or the window change their size. What comes of it is
   * worked out from the same image each time, so that sizes which come back bring the same view back.
   */
  resize(change: { width?: number; height?: number; tileSize?: number }): void {
    const { width = this.width, height = this.height, tileSize = this.tileSize } = change;
    if (width === this.width && height === this.height && tileSize === this.tileSize) return;
    Object.assign(this, { width, height, tileSize });
    this.#go(topOf(this.#anchor, this.layout));
  }

  #go(layoutTop: number): void {
    const place = offsetAt(layoutTop, this.space);
    if (place.scrollTop !== this.place.scrollTop || place.layoutTop !== this.place.layoutTop) this.place = place;
  }
}

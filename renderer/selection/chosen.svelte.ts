import type { QueryTotals } from '../../main/contract/catalogue.ts';
import type { ImageKey } from '../../main/domain/image.ts';
import {
  addSpan,
  changeImages,
  changeResult,
  nothingSelected,
  selectImages,
  selectResult,
  type Selection,
  type SelectionStep,
} from '../../main/domain/selection.ts';
import { changesResults } from '../client/changes.ts';
import { atMostEvery, coalesce, countsMs, weightsMs } from '../client/coalesce.ts';
import type { Door } from '../client/connect.svelte.ts';
import type { Notices } from '../frame/notices.svelte.ts';
import type { Gallery } from '../gallery/gallery.svelte.ts';
import type { ShownResult } from '../gallery/shown-result.ts';
import { markLocally } from './mark-locally.ts';
import { noImages } from './no-images.ts';

type Marks = { readonly result: ShownResult; readonly from: number; readonly marks: readonly boolean[] };

/** Which images are chosen, across searches. Counts and bytes are the core's, as are marks that a query decides. */
export class Chosen {
  selection = $state.raw<Selection>(nothingSelected);
  totals = $state.raw<QueryTotals>(noImages);
  #marks = $state.raw<Marks | undefined>();
  /** The image that a span begins at. */
  #anchor: ImageKey | undefined;
  readonly #door: Door;
  readonly #gallery: Gallery;
  readonly #notices: Notices;

  constructor(door: Door, gallery: Gallery, notices: Notices) {
    this.#door = door;
    this.#gallery = gallery;
    this.#notices = notices;
  }

  /** What is chosen may come to more or less, or weigh otherwise. */
  listen(): void {
    const follow = atMostEvery(countsMs, this.measure);
    const reweigh = atMostEvery(weightsMs, this.measure);
    this.#door.listen((message) => {
      if (changesResults(message)) follow();
      if (message.topic === 'images') reweigh();
    });
  }

  /** Whether the image at a position of the result in view is chosen. */
  has(position: number, image: ImageKey): boolean {
    const { result } = this.#gallery;
    const local = markLocally(this.selection, image, result?.filter);
    if (local !== undefined || this.#marks?.result !== result) return local ?? false;
    return this.#marks?.marks[position - this.#marks.from] ?? false;
  }

  only(image: ImageKey): void {
    this.#anchor = keyOf(image);
    this.#set(selectImages([keyOf(image)]));
  }

  toggle(position: number, image: ImageKey): void {
    this.#anchor = keyOf(image);
    this.#set(changeImages(this.selection, this.has(position, image) ? 'remove' : 'add', [keyOf(image)]));
  }

  /** From the image that was clicked last to this one, in the order in view; `adds` keeps what was chosen before. */
  spanTo(image: ImageKey, adds: boolean): void {
    const from = this.#anchor ?? keyOf(image);
    const query = this.#gallery.result?.query ?? '';
    this.#set(addSpan(adds ? this.selection : nothingSelected, query, from, keyOf(image)));
  }

  all(): void {
    this.#set(selectResult(this.#gallery.result?.filter ?? ''));
  }

  none(): void {
    this.#anchor = undefined;
    this.#set(nothingSelected);
  }

  /** Brings back a selection that was replaced. */
  restore(selection: Selection): void {
    this.#set(selection);
  }

  invert(): void {
    this.change('flip');
  }

  /** Everything that is found now is added to what is chosen, taken from it, or turned round in it. */
  change(how: SelectionStep['how']): void {
    this.#set(changeResult(this.selection, how, this.#gallery.result?.filter ?? ''));
  }

  /** Asks for the marks that can't be told here, of what is in view. */
  readonly mark = coalesce(async () => {
    const { result, view } = this.#gallery;
    const { selection } = this;
    const handle = result?.handle ?? null;
    if (result === undefined || handle === null || selection.length === 0) return;
    const { first, end } = view.positions;
    const range = { from: first, to: Math.min(result.count, end) };
    if (range.to <= range.from) return;
    const marked = await this.#door.call('selection.marks', { handle, ...range, selection });
    if (marked.ok) this.#marks = { result, from: first, marks: marked.value };
  });

  /** What the selection comes to now: the catalogue may have changed under it. */
  readonly measure = coalesce(async () => {
    const { selection } = this;
    if (selection.length === 0) {
      this.totals = noImages;
      return;
    }
    const measured = await this.#door.call('selection.measure', { selection });
    if (measured.ok) this.totals = measured.value;
    else this.#notices.failed(measured.error);
  });

  #set(selection: Selection): void {
    this.selection = selection;
    void this.mark();
    void this.measure();
  }
}

function keyOf({ accountId, id }: ImageKey): ImageKey {
  return { accountId, id };
}

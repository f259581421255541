import type { Counts, SelectionTotals } from '../../main/contract/commands/catalogue.ts';
import type { OutputOf } from '../../main/contract/command.ts';
import type { Commands } from '../../main/contract/commands/commands.ts';
import { failure } from '../../main/domain/failure.ts';
import type { ImageKey } from '../../main/domain/image/image.ts';
import { fail, type Result } from '../../main/domain/result.ts';
import { keyText, type SelectionChange, type SelectionHandle } from '../../main/domain/image/selection.ts';
import { coalesce } from '../client/coalesce.ts';
import type { CountsAsked } from '../client/counted.ts';
import type { RpcClient } from '../client/connect.svelte.ts';
import type { Notices } from '../frame/notices.svelte.ts';
import type { Gallery } from '../gallery/gallery.svelte.ts';
import { toResultInView, type ResultInView, type ShownResult } from '../gallery/shown-result.ts';
import type { Translate } from '../../main/messages/messages.ts';
import { afterAct, namesAll, namesImages, namesSpan, type Act } from './run-on-selection.ts';
import { nothingSelected } from './no-images.ts';

/** Which images in view are selected, as the core said after the act `upTo`. */
type Marks = {
  readonly upTo: number;
  readonly result: ShownResult | undefined;
  readonly from: number;
  readonly marks: readonly boolean[];
  /** The same by image, for when another result takes the place of the one in view. */
  readonly byImage: ReadonlyMap<string, boolean>;
};

/** Moved by an act whose result doesn't have it, for the acts that follow. */
type Anchor = { image: ImageKey; result: ShownResult | undefined; position: number };
type Place = { readonly position: number; readonly image: ImageKey };
type Deps = { door: RpcClient; gallery: Gallery; notices: Notices; translate: Translate };

const noMarks: Marks = { upTo: 0, result: undefined, from: 0, marks: [], byImage: new Map() };

/**
 * What is selected, across searches. The core holds the members, which are fixed when the user acts; the page holds the
 * handle, and shows an act before it was answered.
 */
export class SelectionState {
  /** null is nothing. */
  selection = $state.raw<SelectionHandle | null>(null);
  totals = $state.raw<SelectionTotals>(nothingSelected);
  /** The query that found all that is selected, if its whole result was selected. */
  whole: string | null = null;
  /** Whether the last act selected a span in place of all else, whose end the next one moves. */
  isSpan = false;
  /** What is not in the marks yet. */
  #acts = $state.raw<readonly Act[]>([]);
  #marks = $state.raw<Marks>(noMarks);
  #isActing = $state(false);
  #lastSerial = 0;
  /** The act that `selection` came of. */
  #doneSerial = 0;
  #queue: Promise<void> = Promise.resolve();
  /** The image that a span begins at. */
  #anchor: Anchor | undefined;
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  get isEmpty(): boolean {
    return this.selection === null && !this.#isActing;
  }

  /** Whether what is selected is the whole result in view. */
  get isWholeResult(): boolean {
    return this.whole !== null && this.whole === this.#deps.gallery.result?.filter;
  }

  /** Whether the image at a position of the result in view is selected. */
  has(position: number, image: ImageKey): boolean {
    const { result } = this.#deps.gallery;
    const { upTo, marks, byImage, from, result: marked } = this.#marks;
    const known = marked === result ? marks[position - from] : undefined;
    let isSelected = known ?? byImage.get(keyText(image)) ?? false;
    for (const act of this.#acts) {
      if (act.serial > upTo) isSelected = afterAct(isSelected, act, { position, image, result });
    }
    return isSelected;
  }

  only(position: number, image: ImageKey): void {
    this.anchorAt(position, image);
    this.#act({ base: 'nothing', how: 'add', ...namesImages([keyOf(image)]) });
  }

  toggle(position: number, image: ImageKey): void {
    this.anchorAt(position, image);
    const how = this.has(position, image) ? 'remove' : 'add';
    this.#act({ base: 'current', how, ...namesImages([keyOf(image)]) });
  }

  /** The next span begins here. */
  anchorAt(position: number, image: ImageKey): void {
    this.#anchor = { image: keyOf(image), result: this.#deps.gallery.result, position };
  }

  /**
   * From the anchor to an image, in the order in view; `adds` keeps what was selected before. If the anchor isn't in
   * the result, the span begins at `start`, which is the image itself unless the keyboard came from another.
   */
  spanTo({ position, image }: Place, adds: boolean, start: Place = { position, image }): void {
    const { result } = this.#deps.gallery;
    const begin = { image: keyOf(start.image), result, position: start.position };
    const anchor = (this.#anchor ??= { ...begin });
    const between = anchor.result === result ? ([anchor.position, position] as const) : undefined;
    const to = keyOf(image);
    const otherwise = namesSpan(result, [begin, to], undefined).what;
    this.#act(
      {
        ...{ base: adds ? 'current' : 'nothing', how: 'add' },
        ...namesSpan(result, [anchor, to], between),
        ...(otherwise === undefined ? {} : { otherwise }),
      },
      () => Object.assign(anchor, begin),
    );
    this.isSpan = !adds;
  }

  all(): void {
    const { result } = this.#deps.gallery;
    this.#act({ base: 'nothing', how: 'add', ...namesAll(result), whole: result?.filter ?? null });
  }

  none(): void {
    this.#anchor = undefined;
    this.#act({ base: 'nothing', how: 'add', what: undefined, names: () => false });
  }

  invert(): void {
    this.change('flip');
  }

  /** Everything in the result in view is added to what is selected, removed from it, or inverted in it. */
  change(how: SelectionChange['how']): void {
    const { result } = this.#deps.gallery;
    const whole = this.isEmpty && how !== 'remove' ? (result?.filter ?? null) : null;
    this.#act({ base: 'current', how, ...namesAll(result), whole });
  }

  /** Selects again what a handle names: after a reload or a lost connection, or to undo. Says so if it is lost. */
  restore(selection: SelectionHandle): void {
    this.#act({ base: { named: selection }, how: 'add', ...namesImages([]) });
  }

  /** The selection's part in the counts of one moment. */
  readonly counted = {
    asks: () => ({ selection: this.selection }),
    take: ({ selection: totals }: Counts, asked: CountsAsked) => {
      if (asked.selection === null || asked.selection !== this.selection) return;
      if (totals === null) this.#lose();
      else this.#take(asked.selection, totals);
    },
  };

  /** Queries the marks of what is in view. */
  readonly mark = coalesce(async () => {
    const { door, gallery } = this.#deps;
    const { result, view } = gallery;
    const { selection } = this;
    const upTo = this.#doneSerial;
    const handle = result?.handle ?? null;
    if (selection === null) return this.#keepMarks({ ...noMarks, upTo });
    if (result === undefined || handle === null) return;
    const { first: from, end } = view.positions;
    const to = Math.min(result.count, end);
    if (to <= from) return;
    const marked = await door.call('selection.marks', { handle, from, to, selection });
    if (!marked.ok) return;
    const marks = marked.value;
    const byImage = new Map<string, boolean>();
    for (const [index, isSelected] of marks.entries()) {
      const row = result.rows.at(from + index);
      if (row !== undefined) byImage.set(keyText(row), isSelected);
    }
    this.#keepMarks({ upTo, result, from, marks, byImage });
  });

  #keepMarks(marks: Marks): void {
    this.#marks = marks;
    this.#acts = this.#acts.filter(({ serial }) => serial > marks.upTo);
  }

  /** Acts are done one after the other, as each changes what came of the one before it. */
  #act(asked: Omit<Act, 'serial' | 'result' | 'whole'> & { whole?: string | null }, unanchored?: () => void): void {
    const { result } = this.#deps.gallery;
    const act: Act = { whole: null, ...asked, result, serial: ++this.#lastSerial };
    this.#acts = [...this.#acts, act];
    this.isSpan = false;
    this.#isActing = true;
    const apply = async () => {
      await this.#apply(act, unanchored);
      this.#isActing = act.serial !== this.#lastSerial;
      void this.mark();
    };
    this.#queue = this.#queue.then(apply, apply);
  }

  async #apply(act: Act, unanchored?: () => void): Promise<void> {
    const base = act.base === 'current' ? this.selection : act.base === 'nothing' ? null : act.base.named;
    if (act.what === undefined) return this.#done(act, null, nothingSelected);
    let changed = await this.#ask(act, base, act.what);
    if (changed.ok && !changed.value.isAnchored) {
      unanchored?.();
      changed = await this.#ask(act, base, act.otherwise ?? act.what);
    }
    if (changed.ok) return this.#done(act, changed.value.selection, changed.value.totals);
    this.#acts = this.#acts.filter((other) => other !== act);
    // An Undo may come after its selection was released: what is selected by then stays.
    const isLost = this.selection === null || this.selection === base;
    if (changed.error.code === 'unknown-selection' && isLost) this.#lose();
    else this.#deps.notices.failed(changed.error);
  }

  /** A result that the core no longer holds is queried again, as by then it is what the user sees. */
  async #ask(act: Act, selection: SelectionHandle | null, name: NameSet): Promise<Changed> {
    const { door, gallery } = this.#deps;
    const ask = async (result: ResultInView | undefined): Promise<Changed> => {
      const what = name(result);
      if (what === undefined) return fail(failure('unknown-handle', 'There is no result. Search again.'));
      return door.call('selection.change', { selection, how: act.how, what });
    };
    const changed = await ask(toResultInView(act.result) ?? (await gallery.whenHeld()));
    if (changed.ok || changed.error.code !== 'unknown-handle') return changed;
    await gallery.renew();
    return ask(await gallery.whenHeld());
  }

  #done(act: Act, selection: SelectionHandle | null, totals: SelectionTotals): void {
    this.#doneSerial = act.serial;
    this.whole = act.whole;
    this.#take(selection, totals);
  }

  #take(selection: SelectionHandle | null, totals: SelectionTotals): void {
    const { notices, translate } = this.#deps;
    const lost = totals.lost - (selection === this.selection ? this.totals.lost : totals.lost);
    if (lost > 0) notices.say('bad', translate('selection.lost', { count: lost }));
    this.selection = totals.count === 0 ? null : selection;
    this.totals = totals.count === 0 ? nothingSelected : totals;
  }

  /** The core no longer holds it, as after it was started again. */
  #lose(): void {
    const { notices, translate } = this.#deps;
    Object.assign(this, { selection: null, totals: nothingSelected, whole: null });
    notices.say('bad', translate('selection.notKept'));
    void this.mark();
  }
}

type NameSet = NonNullable<Act['what']>;
type Changed = Result<OutputOf<Commands['selection.change']>>;

function keyOf({ accountId, id }: ImageKey): ImageKey {
  return { accountId, id };
}

/**
 * One walk over the API's list, which is live: an upload shifts every later image down, a removal shifts it up.
 * Pure: `nextPage` says what to read, `observe` what the page means. An incremental walk is one that may stop early.
 */
export type Walk = {
  readonly mode: 'incremental' | 'full';
  /** Images and malformed records that this pass has seen carry this mark. */
  readonly mark: number;
  /** The first page that this pass has not read yet, from 1. */
  readonly next: number;
  /** The page of the head that is read again for what was uploaded meanwhile; null where none is. */
  readonly head: number | null;
  /** Something was uploaded since this walk read the first page. */
  readonly headMoved: boolean;
  /** The highest id when this pass read the first page; what is above it belongs to the head. Null before. */
  readonly top: number | null;
  /** The same of the head that is being read again. */
  readonly headTop: number | null;
  /** The API's total moved during this pass, and whether it ever fell: images moved up past the border of what was read. */
  readonly moved: boolean;
  readonly fell: boolean;
  /** The API's total on the page read last; null before the first. */
  readonly total: number | null;
  /** As the server echoes it, unless the pages prove that false. */
  readonly perPage: number;
  /** The page size that the server echoed last; absent before the first page. */
  readonly echo?: number;
  /** The page read last in forward reading was full and brought something, though the total was reached. */
  readonly goesOn?: boolean;
  /** Records received by this pass in its forward reading, doubles included. */
  readonly records: number;
  /** Images, and malformed records, that carry this pass's mark. */
  readonly seen: number;
  readonly malformedSeen: number;
  readonly pass: 1 | 2;
};

/** What a page brought, as the catalogue sees it once the page is saved. */
export type PageFacts = {
  readonly page: number;
  /** As the server echoes it. */
  readonly perPage: number;
  readonly totalItems: number;
  /** The server's number of pages does not exclude a further one. */
  readonly hasMore: boolean;
  /** Images and malformed records on the page. */
  readonly records: number;
  /** Images new to the catalogue, or changed. */
  readonly unknown: number;
  /** Images on the page that this pass had not seen before, and those that it had. */
  readonly unseen: number;
  readonly repeated: number;
  /** Malformed records on the page that this pass had not seen before. */
  readonly malformedUnseen: number;
  /** The ids between which the page lies; null where it has no image. */
  readonly highest: number | null;
  readonly lowest: number | null;
  /** Images and malformed records of the catalogue. */
  readonly present: number;
  readonly malformed: number;
};

/** How a walk over the whole list ended; kept for the next one to compare with. */
export type Outcome = {
  readonly total: number;
  /** Records that the API counts and never lists, after the same was found twice or doubles explain it. */
  readonly unaccounted: number;
  /** Total less what was seen; null where the list moved too much to tell. */
  readonly missing: number | null;
};

export type Verdict =
  | { readonly kind: 'go-on'; readonly walk: Walk }
  /** Begin again with fresh marks: the list moved too much for one pass. */
  | { readonly kind: 'again'; readonly walk: Walk }
  /** Everything on the page was known and the totals agree: nothing more to read. */
  | { readonly kind: 'current' }
  /** The end was reached; images without the mark are gone where `sweep`. */
  | { readonly kind: 'ended'; readonly sweep: boolean; readonly outcome: Outcome; readonly isStuck?: boolean };

/** Records that are asked for with each page. */
export const askedPerPage = 100;

export function beginWalk(mode: Walk['mode'], mark: number): Walk {
  return {
    mode,
    mark,
    next: 1,
    head: null,
    headMoved: false,
    top: null,
    headTop: null,
    moved: false,
    fell: false,
    total: null,
    perPage: askedPerPage,
    records: 0,
    seen: 0,
    malformedSeen: 0,
    pass: 1,
  };
}

export function nextPage(walk: Walk): number {
  return walk.head ?? walk.next;
}

/** What the page just read means for the walk. `last` is how the last walk over the whole list ended. */
export function observe(walk: Walk, facts: PageFacts, last: Outcome | null): Verdict {
  const rescaled = rescale(walk, facts);
  const isForward = facts.page === rescaled.next;
  const advanced = advance(noteMoves(rescaled, facts), facts);
  const knownGround = walk.mode === 'incremental' && facts.unknown === 0;
  const settled = !advanced.headMoved && mayAgree(advanced, last);
  if (knownGround && settled && agrees(facts, last)) return { kind: 'current' };
  if (isForward && isStuck(walk, facts)) {
    const outcome = { total: facts.totalItems, unaccounted: 0, missing: null };
    return { kind: 'ended', sweep: false, outcome, isStuck: true };
  }
  if (advanced.head !== null) return { kind: 'go-on', walk: advanced };
  const hasReachedTotal = advanced.next > Math.ceil(facts.totalItems / advanced.perPage);
  const goesOn = advanced.goesOn === true || (isForward && lacksPages(advanced, facts, last));
  const atEnd = facts.records === 0 || (hasReachedTotal && !goesOn);
  if (advanced.headMoved && (atEnd || knownGround)) {
    return { kind: 'go-on', walk: { ...advanced, head: 1, headMoved: false } };
  }
  return atEnd ? conclude(advanced, facts, last) : { kind: 'go-on', walk: advanced };
}

/**
 * Totals that agree prove something only where what is not known yet can lie on top alone: of a list that was once known
 * whole. Before that they may agree in number and not in what they count.
 */
function mayAgree(walk: Walk, last: Outcome | null): boolean {
  return !walk.fell && last !== null && last.missing === last.unaccounted;
}

/** Present and malformed, with what the server never lists, against the API's total. */
function agrees(facts: PageFacts, last: Outcome | null): boolean {
  return facts.present + facts.malformed + (last?.unaccounted ?? 0) === facts.totalItems;
}

/**
 * The page holds only what this pass has seen: asking on would bring nothing either. A total that moved explains such a
 * page, as enough was uploaded to push down all that was read.
 */
function isStuck(before: Walk, facts: PageFacts): boolean {
  return facts.records > 0 && broughtBy(facts) === 0 && before.total === facts.totalItems;
}

/**
 * In a list that stood still at least as many records as the page brought are missing, and not those that the last walk
 * missed: pages are smaller than the server echoes. Behind the last page by that size, any record that is missing counts.
 */
function lacksPages(walk: Walk, facts: PageFacts, last: Outcome | null): boolean {
  const missing = facts.totalItems - walk.seen - walk.malformedSeen;
  const isBehind = facts.page > Math.ceil(facts.totalItems / walk.perPage);
  const lacks = missing >= (isBehind ? 1 : facts.records) && missing !== last?.missing;
  return lacks && !walk.moved && broughtBy(facts) > 0;
}

/** Records on the page that this pass had not seen before. */
export function broughtBy(facts: PageFacts): number {
  return facts.unseen + facts.malformedUnseen;
}

/** The page size that the server echoes, unless the records on the page, or what was asked for, contradict it. */
export function pageSize(echo: number, records: number): number {
  return records > echo ? records : Math.min(echo, askedPerPage);
}

/**
 * Page numbers mean other positions once the server changes its page size. An echo is believed when it changes, and
 * only if the page's own records don't contradict it; a page that completes the list by the old size is no change.
 */
function rescale(walk: Walk, facts: PageFacts): Walk {
  const echo = facts.perPage;
  const perPage = pageSize(echo, facts.records);
  if (walk.total === null) return { ...walk, perPage, echo };
  if (facts.records === 0 || echo === (walk.echo ?? walk.perPage)) return walk;
  const end = (facts.page - 1) * walk.perPage + facts.records;
  const isLastOfOld = facts.page === walk.next && facts.repeated === 0 && end === facts.totalItems;
  if (perPage === walk.perPage || isLastOfOld) return { ...walk, echo };
  const next = Math.floor(((walk.next - 1) * walk.perPage) / perPage) + 1;
  return { ...walk, perPage, echo, next, moved: true, fell: true, headMoved: true };
}

/** A risen total: the new images are at the head, which is read again. A fallen one: some images were jumped over. */
function noteMoves(walk: Walk, facts: PageFacts): Walk {
  if (walk.total === null || walk.total === facts.totalItems) return walk;
  if (facts.totalItems > walk.total) return { ...walk, moved: true, headMoved: true };
  return { ...walk, moved: true, fell: true };
}

function advance(before: Walk, facts: PageFacts): Walk {
  const walk = {
    ...before,
    total: facts.totalItems,
    seen: before.seen + facts.unseen,
    malformedSeen: before.malformedSeen + facts.malformedUnseen,
  };
  if (facts.page === walk.next) {
    const exceeds = walk.seen + walk.malformedSeen > facts.totalItems;
    return {
      ...walk,
      next: facts.page + 1,
      goesOn: facts.records >= walk.perPage && broughtBy(facts) > 0 && (exceeds || facts.hasMore),
      top: walk.top ?? facts.highest,
      records: walk.records + facts.records,
      // An image met again on a page not read before: the list moved down, even where the total stands still.
      headMoved: walk.headMoved || facts.repeated > 0,
    };
  }
  return { ...walk, ...advanceHead(walk, facts) };
}

/** Reads on until it meets what stood on top before; ids fall, and what is newer stands above. */
function advanceHead(walk: Walk, facts: PageFacts): Pick<Walk, 'head' | 'headTop' | 'top'> {
  const { top } = walk;
  const headTop = facts.page === 1 ? facts.highest : walk.headTop;
  const met = facts.lowest !== null && top !== null && facts.lowest <= top;
  if (!met && facts.records > 0 && facts.page + 1 < walk.next) return { head: facts.page + 1, headTop, top };
  // Where it moved again meanwhile, it is read again from the old mark.
  return { head: null, headTop: null, top: walk.headMoved ? top : (headTop ?? top) };
}

function conclude(walk: Walk, facts: PageFacts, last: Outcome | null): Verdict {
  const total = facts.totalItems;
  const missing = total - walk.seen - walk.malformedSeen;
  if (missing === 0 && !walk.fell) return ended(true, { total, unaccounted: 0, missing });
  // A list that stood still, without doubles, and is longer than its total: the total is wrong, and another pass would
  // find the same. The same surplus twice in a row is the server's way of counting.
  if (missing < 0 && !walk.moved && walk.records === walk.seen + walk.malformedSeen) {
    return ended(last?.missing === missing, { total, unaccounted: missing, missing });
  }
  // What was seen and removed may be as much as what was jumped over, so the number alone proves nothing.
  if ((walk.moved || missing < 0) && walk.pass === 1) {
    const { mode, mark, perPage, echo = perPage } = walk;
    return { kind: 'again', walk: { ...beginWalk(mode, mark), pass: 2, total, perPage, echo } };
  }
  if (walk.fell) return ended(false, { total, unaccounted: 0, missing: null });
  // A list that stood still and holds some images twice: every record was received, so nothing was missed.
  if (!walk.moved && missing > 0 && walk.records === total)
    return ended(true, { total, unaccounted: missing, missing });
  // The same shortage twice in a row is the server's way of counting; it must not cost a whole walk each time.
  const same = missing > 0 && last !== null && last.missing === missing && last.total === total;
  return ended(false, { total, unaccounted: same ? missing : 0, missing });
}

function ended(sweep: boolean, outcome: Outcome): Verdict {
  return { kind: 'ended', sweep, outcome };
}

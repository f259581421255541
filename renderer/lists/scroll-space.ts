/**
 * Layout space is as long as the content; scroll space is what the browser can take, as it caps an element's height at
 * 33,554,432 px (at half of that where two device pixels make one). Up to `longestScroll` the two are the same; beyond,
 * small steps move both by as much, and jumps move in proportion.
 */
export type ScrollSpace = { readonly contentHeight: number; readonly viewportHeight: number };

/** The same place in both spaces, in px from the top. */
export type ScrollOffset = { readonly scrollTop: number; readonly layoutTop: number };

export const longestScroll = 15_000_000;

export function scrollHeight({ contentHeight }: ScrollSpace): number {
  return Math.min(contentHeight, longestScroll);
}

/** Where the view stands after the browser scrolled to `scrollTop`. Both ends of one space are those of the other. */
export function afterScroll(from: ScrollOffset, scrollTop: number, space: ScrollSpace): ScrollOffset {
  const lastScroll = lastScrollTop(space);
  const lastLayout = lastLayoutTop(space);
  if (lastLayout === lastScroll) return { scrollTop, layoutTop: clamp(scrollTop, lastLayout) };
  if (scrollTop <= 0) return { scrollTop, layoutTop: 0 };
  if (scrollTop >= lastScroll) return { scrollTop, layoutTop: lastLayout };
  const step = scrollTop - from.scrollTop;
  if (Math.abs(step) > 2 * space.viewportHeight) return { scrollTop, layoutTop: inLayout(scrollTop, space) };
  return { scrollTop, layoutTop: clamp(from.layoutTop + step, lastLayout) };
}

/** The place for a layout position: what to scroll to for it, and after small steps have drawn the two spaces apart. */
export function offsetAt(layoutTop: number, space: ScrollSpace): ScrollOffset {
  const top = clamp(layoutTop, lastLayoutTop(space));
  const [lastScroll, lastLayout] = [lastScrollTop(space), lastLayoutTop(space)];
  if (lastLayout === lastScroll || top === 0 || top === lastLayout) {
    return { scrollTop: top === 0 ? 0 : top === lastLayout ? lastScroll : top, layoutTop: top };
  }
  // Not at an end itself, or the browser's own scrolling could go no further.
  return {
    scrollTop: Math.min(lastScroll - 1, Math.max(1, Math.round((top / lastLayout) * lastScroll))),
    layoutTop: top,
  };
}

function inLayout(scrollTop: number, space: ScrollSpace): number {
  const lastScroll = lastScrollTop(space);
  return lastScroll === 0 ? 0 : (scrollTop / lastScroll) * lastLayoutTop(space);
}

function lastScrollTop(space: ScrollSpace): number {
  return Math.max(0, scrollHeight(space) - space.viewportHeight);
}

function lastLayoutTop({ contentHeight, viewportHeight }: ScrollSpace): number {
  return Math.max(0, contentHeight - viewportHeight);
}

function clamp(value: number, most: number): number {
  return Math.min(most, Math.max(0, value));
}

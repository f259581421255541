import type { Page } from 'playwright-core';

type Box = { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
type Style = { readonly overflowX: string; readonly position: string };
type Part = {
  readonly tagName: string;
  readonly className: unknown;
  readonly textContent: string;
  readonly parentElement: Part | null;
  readonly scrollWidth: number;
  readonly clientWidth: number;
  getBoundingClientRect(): Box;
};
type InPage = {
  readonly innerWidth: number;
  readonly document: {
    querySelectorAll(selector: string): Iterable<Part>;
    readonly documentElement: Part;
  };
  getComputedStyle(part: Part): Style;
};

/** Lists elements that overflow the window without being clipped or scroll sideways, one line each. */
export function layoutProblems(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { innerWidth, document, getComputedStyle } = globalThis as unknown as InPage;
    const slackPx = 1;
    const describe = ({ tagName, className, textContent }: Part, { left, right }: Box) =>
      `${tagName.toLowerCase()}.${String(className)} from ${left} to ${right}: ${textContent.slice(0, 60)}`;
    const isClipped = (part: Part): boolean => {
      for (let ancestor = part.parentElement; ancestor !== null; ancestor = ancestor.parentElement) {
        const { left, right } = ancestor.getBoundingClientRect();
        const fits = left >= -slackPx && right <= innerWidth + slackPx;
        if (fits && getComputedStyle(ancestor).overflowX !== 'visible') return true;
      }
      return false;
    };
    const page = document.documentElement;
    const wide = page.scrollWidth > innerWidth ? [`the page is ${page.scrollWidth} wide`] : [];
    const parts = [...document.querySelectorAll('body *')].flatMap((part) => {
      const box = part.getBoundingClientRect();
      const overflows = box.right > innerWidth + slackPx || (box.left < -slackPx && box.right > 0);
      return overflows && !isClipped(part) ? [describe(part, box)] : [];
    });
    const sideways = [...document.querySelectorAll('body *')].flatMap((part) => {
      const scrolls = ['auto', 'scroll'].includes(getComputedStyle(part).overflowX);
      return scrolls && part.scrollWidth > part.clientWidth + slackPx
        ? [`scrolls sideways: ${describe(part, part.getBoundingClientRect())}`]
        : [];
    });
    return [...wide, ...parts, ...sideways];
  });
}

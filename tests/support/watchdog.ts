import type { Page } from 'playwright-core';

/** The longest time a page may take to answer. */
const limitMs = 5_000;
const tickMs = 500;

/**
 * Checks twice a second that a page's thread responds. A page that doesn't answer for 5 s is reported, and its browser
 * is closed, so that pending calls fail at once. Time is counted in ticks of this process, which stop while the whole
 * machine stalls.
 */
export function watchAnswers(page: Page, report: (text: string) => void): void {
  let isPending = false;
  let silentMs = 0;
  const tick = () => {
    if (isPending) silentMs += tickMs;
    else probe();
    if (silentMs < limitMs) return;
    clearInterval(timer);
    report(`The page did not answer for ${limitMs / 1000} s: ${page.url()}`);
    void page.context().browser()?.close();
  };
  const probe = () => {
    isPending = true;
    const answered = () => {
      isPending = false;
      silentMs = 0;
    };
    // A page that loads another document, or has crashed, rejects: it doesn't hang.
    page.evaluate('0').then(answered, answered);
  };
  const timer = setInterval(tick, tickMs);
  timer.unref();
  page.once('close', () => clearInterval(timer));
}

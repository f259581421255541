import type { Page } from 'playwright-core';

/** How long a page may take to answer. */
const longestMs = 5_000;
const tickMs = 500;

/**
 * Asks a page twice a second whether its thread still runs. One that does not answer for 5 s is reported, and its
 * browser is closed, so that whoever waits for the page fails at once. The time is counted in ticks of this process:
 * while the whole machine stands still, none passes.
 */
export function watchAnswers(page: Page, report: (text: string) => void): void {
  let isAsking = false;
  let silentMs = 0;
  const tick = () => {
    if (isAsking) silentMs += tickMs;
    else ask();
    if (silentMs < longestMs) return;
    clearInterval(timer);
    report(`The page did not answer for ${longestMs / 1000} s: ${page.url()}`);
    void page.context().browser()?.close();
  };
  const ask = () => {
    isAsking = true;
    const answered = () => {
      isAsking = false;
      silentMs = 0;
    };
    // A page that loads another document, or has crashed, rejects: it does not hang.
    page.evaluate('0').then(answered, answered);
  };
  const timer = setInterval(tick, tickMs);
  timer.unref();
  page.once('close', () => clearInterval(timer));
}

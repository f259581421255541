/** The part of the page that shows an action's outcome. */
export type Outcome =
  /** The result's count and first rows, after typing or choosing. */
  | 'result'
  /** The selection's totals. */
  | 'selection';

export type Timed = {
  /** In ms until the page had produced the frame with the outcome. */
  readonly madeMs: number;
  /** In ms until that frame was on the screen. */
  readonly shownMs: number;
};

export type Watched = {
  /** Frame intervals in ms. */
  readonly frames: number[];
  /** Tasks over 50 ms, in ms. */
  readonly longTasks: number[];
};

type Benched = { timed: Promise<Timed>; stop: () => Watched };

/**
 * Runs in the page before an action that starts with a real event of this type. Times start at the event's own
 * timestamp, when the browser received it from the system. `madeMs` ends with the first task after the first frame with
 * the outcome, without the compositor's work. `shownMs` ends at the start of the next frame, when that frame has been
 * drawn: within a few ms of Element Timing, where that reports anything.
 */
export function watchAct({ eventType, outcome }: { readonly eventType: string; readonly outcome: Outcome }): void {
  const page = window as unknown as Benched;
  page.timed = new Promise((resolve) => {
    let startedAt: number | undefined;
    let wasBusy = false;
    const target = document.querySelector(outcome === 'result' ? 'section[aria-busy]' : 'footer');
    if (target === null) throw new Error('There is no gallery');
    window.addEventListener(eventType, ({ timeStamp }) => (startedAt = timeStamp), { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (startedAt === undefined) return;
      const from = startedAt;
      if (outcome === 'result' && target.getAttribute('aria-busy') === 'true') wasBusy = true;
      else if (outcome === 'selection' || wasBusy) {
        observer.disconnect();
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          const made = new Promise<number>((done) => (port1.onmessage = () => done(performance.now())));
          port2.postMessage(undefined);
          requestAnimationFrame(() => {
            const shown = performance.now();
            void made.then((at) => resolve({ madeMs: at - from, shownMs: Math.max(at, shown) - from }));
          });
        });
      }
    });
    observer.observe(target, { attributes: true, characterData: true, childList: true, subtree: outcome !== 'result' });
  });
}

export function timed(): Promise<Timed> {
  return (window as unknown as Benched).timed;
}

/** Runs in the page: records frames and tasks until `stopWatching`. */
export function startWatching(): void {
  const frames: number[] = [];
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ entryTypes: ['longtask'] });
  let isOver = false;
  let last: number | undefined;
  const next = (now: number) => {
    if (last !== undefined) frames.push(now - last);
    last = now;
    if (!isOver) requestAnimationFrame(next);
  };
  requestAnimationFrame(next);
  (window as unknown as Benched).stop = () => {
    isOver = true;
    longTasks.push(...observer.takeRecords().map(({ duration }) => duration));
    observer.disconnect();
    return { frames, longTasks };
  };
}

export function stopWatching(): Watched {
  return (window as unknown as Benched).stop();
}

/** Runs in the page: counts the elements of the grid and of the page. */
export function countElements(): { readonly grid: number; readonly page: number } {
  const count = (selector: string) => document.querySelectorAll(selector).length;
  return { grid: count('[role=grid] *'), page: count('*') };
}

/** Runs in the page: returns whether every visible thumbnail has loaded, or shows why it can't. */
export function hasPictures(): boolean {
  const { bottom } = document.querySelector('[role=grid]')?.getBoundingClientRect() ?? { bottom: 0 };
  const tiles = [...document.querySelectorAll('[role=gridcell]')].filter(
    (tile) => tile.getBoundingClientRect().top < bottom,
  );
  const hasLoaded = (tile: Element) => {
    const image = tile.querySelector('img');
    const hasName = (tile.querySelector('.name')?.textContent ?? '') !== '';
    return hasName && (image === null || (image.complete && image.naturalWidth > 0));
  };
  return tiles.length > 0 && tiles.every(hasLoaded);
}

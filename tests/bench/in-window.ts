/** What tells that an act's outcome is in the page. */
export type Outcome =
  /** The result of what was typed or chosen: its count and its first rows. */
  | 'result'
  /** What the selection comes to. */
  | 'selection';

export type Timed = {
  /** ms until the page had made the frame that shows the outcome. */
  readonly madeMs: number;
  /** ms until that frame was on the screen. */
  readonly shownMs: number;
};

export type Watched = {
  /** ms from frame to frame. */
  readonly frames: number[];
  /** ms of tasks over 50. */
  readonly longTasks: number[];
};

type Benched = { timed: Promise<Timed>; stop: () => Watched };

/**
 * Runs in the page before an act that is begun by a real event of this type. The time begins with the event's own
 * timestamp, at which the browser had it from the system. `madeMs` ends with the first task after the first frame that
 * is made with the outcome; it leaves out what the compositor does. `shownMs` ends where the next frame begins, which is
 * when that frame has been drawn: within a few ms what Element Timing says, where it says anything.
 */
export function watchAct({ eventType, outcome }: { readonly eventType: string; readonly outcome: Outcome }): void {
  const page = window as unknown as Benched;
  page.timed = new Promise((resolve) => {
    let begun: number | undefined;
    let wasBehind = false;
    const target = document.querySelector(outcome === 'result' ? 'section[aria-busy]' : 'footer');
    if (target === null) throw new Error('There is no gallery');
    window.addEventListener(eventType, ({ timeStamp }) => (begun = timeStamp), { capture: true, once: true });
    const observer = new MutationObserver(() => {
      if (begun === undefined) return;
      const from = begun;
      if (outcome === 'result' && target.getAttribute('aria-busy') === 'true') wasBehind = true;
      else if (outcome === 'selection' || wasBehind) {
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

/** Runs in the page: watches frames and tasks until `stopWatching`. */
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

/** Runs in the page: elements of the grid, and of all. */
export function countElements(): { readonly grid: number; readonly page: number } {
  const count = (selector: string) => document.querySelectorAll(selector).length;
  return { grid: count('[role=grid] *'), page: count('*') };
}

/** Runs in the page: whether every picture in sight has come, or says why it can't. */
export function hasPictures(): boolean {
  const { bottom } = document.querySelector('[role=grid]')?.getBoundingClientRect() ?? { bottom: 0 };
  const tiles = [...document.querySelectorAll('[role=gridcell]')].filter(
    (tile) => tile.getBoundingClientRect().top < bottom,
  );
  const isThere = (tile: Element) => {
    const image = tile.querySelector('img');
    const hasName = (tile.querySelector('.name')?.textContent ?? '') !== '';
    return hasName && (image === null || (image.complete && image.naturalWidth > 0));
  };
  return tiles.length > 0 && tiles.every(isThere);
}

/** What a user does, in the page's terms. */
export type Act =
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'choose'; readonly label: string }
  /** With Ctrl. */
  | { readonly kind: 'press'; readonly key: string };

export type Watched = {
  /** ms from frame to frame. */
  readonly frames: number[];
  /** ms of tasks over 50. */
  readonly longTasks: number[];
  readonly nodes: number;
  readonly heapBytes: number;
};

/** Runs in the page: acts, and answers with the ms until the frame that shows the outcome was painted. */
export async function actAndPaint(act: Act): Promise<number> {
  const gallery = document.querySelector('section[aria-busy]');
  const footer = document.querySelector('footer');
  const begun = performance.now();
  const outcome = new Promise<void>((resolve) => {
    const watched = act.kind === 'press' ? footer : document.querySelector('main');
    const observer = new MutationObserver(() => {
      if (act.kind !== 'press' && gallery?.getAttribute('aria-busy') !== 'false') return;
      observer.disconnect();
      resolve();
    });
    observer.observe(watched ?? document.body, {
      attributes: true,
      characterData: true,
      childList: true,
      subtree: true,
    });
  });
  if (act.kind === 'type') {
    const input = document.querySelector<HTMLInputElement>('#search');
    if (input !== null) input.value = act.text;
    input?.dispatchEvent(new Event('input', { bubbles: true }));
  } else if (act.kind === 'choose') {
    const item = [...document.querySelectorAll<HTMLElement>('[role=menuitemradio]')].find(
      (one) => one.innerText.trim() === act.label,
    );
    item?.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    item?.click();
  } else {
    document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: act.key, ctrlKey: true, bubbles: true }));
  }
  await outcome;
  await new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted)));
  return performance.now() - begun;
}

/** Runs in the page: scrolls by steps of a wheel, or from end to end as a drag does, and watches frames and tasks. */
export async function scrollAndWatch({ isDrag }: { readonly isDrag: boolean }): Promise<Watched> {
  const grid = document.querySelector('[role=grid]');
  if (grid === null) throw new Error('There is no grid');
  const frames: number[] = [];
  const longTasks: number[] = [];
  const observer = new PerformanceObserver((list) =>
    longTasks.push(...list.getEntries().map(({ duration }) => duration)),
  );
  observer.observe({ entryTypes: ['longtask'] });
  const steps = isDrag ? 120 : 300;
  let last = performance.now();
  for (let step = 0; step <= steps; step++) {
    if (isDrag) grid.scrollTop = ((grid.scrollHeight - grid.clientHeight) * step) / steps;
    else grid.scrollTop += 120;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    frames.push(now - last);
    last = now;
  }
  observer.disconnect();
  const { usedJSHeapSize: heapBytes } = (performance as unknown as { memory: { usedJSHeapSize: number } }).memory;
  return { frames, longTasks, nodes: grid.querySelectorAll('*').length, heapBytes };
}

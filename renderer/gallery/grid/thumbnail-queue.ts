export type ThumbnailQueueDeps = {
  /** Pictures on their way at once: as many as a browser asks one host for, so that none waits where it can't be called back. */
  readonly most: number;
  /** The lower, the sooner; asked anew whenever a place is free, as what is in sight changes meanwhile. */
  readonly rank: (position: number) => number;
  /** In ms. */
  readonly now: () => number;
  /** Runs after the next frame was made, and after so many ms. */
  readonly later: (ms: number, run: () => void) => void;
};

export type ThumbnailQueue = {
  /**
   * Calls `begin` when it is this picture's turn, unless what is returned was called before: it says that the picture
   * came, failed, or is not wanted any more. One that came before begins at once, as the browser has it.
   */
  wait(url: string, position: number, begin: () => void): (came: boolean) => void;
};

type Place = { readonly position: number; readonly since: number; readonly begin: () => void };

/** After so long without a change the next screen of pictures is asked for at once. */
const calmMs = 150;
/** In a burst (fast scrolling, typing) only what stayed in sight as long is asked for. */
const restMs = 60;
/** What is put in line within so long belongs to one change. */
const togetherMs = 10;
const mostRemembered = 2000;

/** Asks for few pictures at once and for those in sight first, and for none that only rushes by. */
export function createThumbnailQueue({ most, rank, now, later }: ThumbnailQueueDeps): ThumbnailQueue {
  const waiting = new Set<Place>();
  const known = new Set<string>();
  let underWay = 0;
  let isScheduled = false;
  let lastWait = -Infinity;
  let calmUntil = -Infinity;

  const schedule = (ms: number) => {
    if (isScheduled) return;
    isScheduled = true;
    later(ms, () => {
      isScheduled = false;
      fill();
    });
  };
  const fill = () => {
    const at = now();
    const ready = [...waiting].filter(({ since }) => since <= at).toSorted((one, other) => order(one) - order(other));
    for (const place of ready.slice(0, Math.max(0, most - underWay))) {
      waiting.delete(place);
      underWay += 1;
      place.begin();
    }
    const soonest = Math.min(...[...waiting].map(({ since }) => since));
    if (waiting.size > 0 && underWay < most) schedule(Math.max(0, soonest - at));
  };
  const order = ({ position }: Place) => rank(position);
  const remember = (url: string) => {
    known.delete(url);
    known.add(url);
    const [oldest] = known;
    if (known.size > mostRemembered && oldest !== undefined) known.delete(oldest);
  };

  return {
    wait(url, position, begin) {
      if (known.has(url)) {
        begin();
        return () => undefined;
      }
      const at = now();
      if (at - lastWait > calmMs) calmUntil = at + togetherMs;
      lastWait = at;
      const place = { position, since: at <= calmUntil ? at : at + restMs, begin };
      waiting.add(place);
      schedule(place.since - at);
      let isOver = false;
      return (came) => {
        if (isOver) return;
        isOver = true;
        if (came) remember(url);
        if (waiting.delete(place)) return;
        underWay -= 1;
        schedule(0);
      };
    },
  };
}

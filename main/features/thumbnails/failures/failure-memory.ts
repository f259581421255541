import type { ImageKey } from '../../../domain/image/image.ts';
import type { ImageFailure } from '../../../domain/image/image-failure.ts';
import { keyText } from '../cache/cache-names.ts';

/** What the failure keeps from being done again: nothing, fetching the bytes, or making a small picture of them. */
export type Blocked = 'nothing' | 'fetch' | 'make';

/** Why images could not be shown, so that scrolling past them does not try again each time. */
export type FailureMemory = {
  /** `until`: ms since the epoch, or Infinity. */
  remember(key: ImageKey, fingerprint: string, failure: ImageFailure, blocked: Blocked, until?: number): void;
  /** What still keeps it from being done. */
  blocks(key: ImageKey, fingerprint: string, what: Blocked): ImageFailure | undefined;
  last(key: ImageKey, fingerprint: string): ImageFailure | undefined;
  forget(key: ImageKey): void;
  forgetAll(): void;
};

type Entry = {
  readonly fingerprint: string;
  readonly failure: ImageFailure;
  readonly blocked: Blocked;
  readonly since: number;
  readonly until: number;
};

const mostRemembered = 20_000;

export function createFailureMemory(now: () => number): FailureMemory {
  const entries = new Map<string, Entry>();
  const of = (key: ImageKey, fingerprint: string): Entry | undefined => {
    const entry = entries.get(keyText(key));
    return entry?.fingerprint === fingerprint ? entry : undefined;
  };
  return {
    remember(key, fingerprint, failure, blocked, until = Infinity) {
      entries.delete(keyText(key));
      const [oldest] = entries.keys();
      if (entries.size >= mostRemembered && oldest !== undefined) entries.delete(oldest);
      entries.set(keyText(key), { fingerprint, failure, blocked, since: now(), until });
    },
    blocks(key, fingerprint, what) {
      const entry = of(key, fingerprint);
      if (entry?.blocked !== what) return undefined;
      // A clock that was set back would else make a minute last for days or years.
      const isPast = entry.until !== Infinity && (now() < entry.since || now() >= entry.until);
      return isPast ? undefined : entry.failure;
    },
    last: (key, fingerprint) => of(key, fingerprint)?.failure,
    forget: (key) => void entries.delete(keyText(key)),
    forgetAll: () => entries.clear(),
  };
}

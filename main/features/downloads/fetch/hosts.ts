import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';

/** How many files at once one host is asked for; grows and shrinks with what it serves. */
export type HostPace = {
  limit(): number;
  served(bytes: number, now: number): void;
  /** It answered 429 or 503. */
  refused(now: number): void;
};

/** What the engine knows of the hosts that it fetches from; shared by all batches of the process. Times as Clock's. */
export type Hosts = {
  /** Takes a place if the host may be asked for one more file now. */
  tryEnter(host: string, now: number): boolean;
  leave(host: string): void;
  served(host: string, bytes: number, now: number): void;
  problem(host: string, problem: FetchProblem, now: number): void;
  /** Files served so far: whether the host still serves is told by a rise. */
  servedCount(host: string): number;
  /** Until when its own `Retry-After` keeps everyone away; 0 where it does not. */
  heldUntil(host: string): number;
  /** A file failed for good because the host can't be reached; returns how many did in a row. */
  unreachable(host: string): number;
};

type Host = { inUse: number; served: number; heldUntil: number; unreachableRow: number; readonly pace: HostPace };

export function createHosts(createPace: () => HostPace): Hosts {
  const hosts = new Map<string, Host>();
  const of = (name: string): Host => {
    const known = hosts.get(name);
    if (known !== undefined) return known;
    const made = { inUse: 0, served: 0, heldUntil: 0, unreachableRow: 0, pace: createPace() };
    hosts.set(name, made);
    return made;
  };
  return {
    tryEnter(name, now) {
      const host = of(name);
      if (host.heldUntil > now || host.inUse >= host.pace.limit()) return false;
      host.inUse++;
      return true;
    },
    leave: (name) => void of(name).inUse--,
    served(name, bytes, now) {
      const host = of(name);
      host.served++;
      host.unreachableRow = 0;
      host.pace.served(bytes, now);
    },
    problem(name, { code, status, retryAfterMs }, now) {
      const host = of(name);
      if (code === 'throttled' || status === 503) host.pace.refused(now);
      if (retryAfterMs !== undefined) host.heldUntil = Math.max(host.heldUntil, now + retryAfterMs);
      if (status !== undefined) host.unreachableRow = 0;
    },
    servedCount: (name) => of(name).served,
    heldUntil: (name) => of(name).heldUntil,
    unreachable: (name) => ++of(name).unreachableRow,
  };
}

import type { Hosts } from '../fetch/hosts.ts';

/** Who may be asked for one more file. */
export type Slots = {
  /** Takes a place where there is one now. */
  tryEnter(host: string, now: number): boolean;
  leave(host: string): void;
};

/** A batch with a number of its own keeps to it, whatever others do; all else shares each host's pace. */
export function createSlots(hosts: Hosts, fixed: number | null): Slots {
  if (fixed === null) return hosts;
  const inUse = new Map<string, number>();
  return {
    tryEnter(host, now) {
      const used = inUse.get(host) ?? 0;
      if (used >= fixed || hosts.heldUntil(host) > now) return false;
      inUse.set(host, used + 1);
      return true;
    },
    leave: (host) => void inUse.set(host, (inUse.get(host) ?? 1) - 1),
  };
}

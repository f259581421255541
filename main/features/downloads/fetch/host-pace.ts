import { nextPace, startPace, type Pace, type PaceObservation } from '../../../domain/transfer/adaptive-concurrency.ts';
import type { HostPace } from './hosts.ts';

const shortestObservationMs = 1_000;
/** Those that were under way when a host refused are refused too: they count as one. */
const oneRefusalMs = 2_000;

/** Gathers what one host does into observations, and keeps its pace. */
export function createHostPace(): HostPace {
  let pace: Pace = startPace();
  let files = 0;
  let bytes = 0;
  let beganAt: number | undefined;
  let refusedAt = -Infinity;

  function observe(observation: PaceObservation): void {
    pace = nextPace(pace, observation);
    files = 0;
    bytes = 0;
    beganAt = undefined;
  }

  return {
    limit: () => pace.limit,
    served(served, now) {
      beganAt ??= now;
      files += 1;
      bytes += served;
      const elapsedMs = now - beganAt;
      if (elapsedMs < shortestObservationMs || files < pace.limit) return;
      observe({ elapsedMs, files, bytes, failed: 0, refused: 0 });
    },
    refused(now) {
      if (Math.abs(now - refusedAt) < oneRefusalMs) return;
      refusedAt = now;
      observe({ elapsedMs: now - (beganAt ?? now), files, bytes, failed: 0, refused: 1 });
    },
  };
}

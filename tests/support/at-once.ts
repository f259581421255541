import type { TimeSlices } from '../../main/adapters/storage/database/time-slices.ts';

/** Runs all time slices without a pause between them. */
export function atOnce<T>(slices: TimeSlices<T>): T {
  for (;;) {
    const slice = slices.next();
    if (slice.done === true) return slice.value;
  }
}

import type { TimeSlices } from '../../main/adapters/storage/database/time-slices.ts';

/** All turns without a pause between them. */
export function atOnce<T>(turns: TimeSlices<T>): T {
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return turn.value;
  }
}

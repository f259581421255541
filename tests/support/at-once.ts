import type { Turns } from '../../main/adapters/storage/database/time-slices.ts';

/** All turns without a pause between them. */
export function atOnce<T>(turns: Turns<T>): T {
  for (;;) {
    const turn = turns.next();
    if (turn.done === true) return turn.value;
  }
}

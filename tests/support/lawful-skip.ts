import { test } from 'vitest';
import { isMet, markOf, type Need } from '../../build/testing/lawful-skips.mjs';

/**
 * A test that only some machines can run: it bears its need in its name and is skipped where that is not met. The
 * runner takes no other skip; what root, a package or a service could provide is not a need but to be provided.
 */
export function testNeeding(need: Need, name: string, run: () => void | Promise<void>, timeoutMs?: number): void {
  test.skipIf(!isMet(need))(`${name} ${markOf(need)}`, run, timeoutMs);
}

import { test } from 'vitest';
import { isMet, markOf, type Need } from '../../build/testing/lawful-skips.mjs';

/**
 * Declares a test that only some computers can run: its name contains its requirement, and it is skipped if that isn't
 * met. The runner accepts no other skip; anything that root, a package or a service can provide must be provided.
 */
export function testNeeding(need: Need, name: string, run: () => void | Promise<void>, timeoutMs?: number): void {
  test.skipIf(!isMet(need))(`${name} ${markOf(need)}`, run, timeoutMs);
}

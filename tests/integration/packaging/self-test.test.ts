import { cpSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { ensureBuilt } from '../../../build/bundles/ensure-built.mjs';
import { electronPart, interfacePart } from '../../../build/bundles/parts.mjs';
import { openKeyring } from '../../support/keyring.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { startRig } from '../../support/rig/launch-rig.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

beforeAll(() => ensureBuilt([interfacePart, electronPart]));

const dist = join(root, 'dist');

async function selfTest(built = dist, env: NodeJS.ProcessEnv = {}) {
  const temporary = temporaryFolder();
  const home = temporaryFolder();
  const rig = startRig({
    bundle: join(built, 'electron', 'main.js'),
    environment: { PATH: process.env['PATH'], HOME: home, TMPDIR: temporary, CONTACT_SHEET_HOME: home, ...env },
    args: ['--self-test'],
  });
  return { code: await rig.ended, output: rig.output(), home, temporary };
}

describe('--self-test', () => {
  test('tries the window, the library, the vaults, and ends with 0 without touching the person’s folder', async () => {
    const { code, output, home, temporary } = await selfTest();
    expect(code, output).toBe(0);
    for (const what of ['window', 'library', 'passphrase file', 'database', 'pictures']) {
      expect(output).toMatch(new RegExp(`^✓ ${what}: `, 'mu'));
    }
    expect(output).toMatch(/^– keychain: There is no D-Bus session here/mu);
    expect(readdirSync(home).filter((name) => /sqlite|window/u.test(name))).toEqual([]);
    expect(readdirSync(temporary).filter((name) => name.includes('self-test'))).toEqual([]);
  });

  testNeeding('linux', 'finds a keychain, by a helper process of Electron’s kind', async () => {
    const keyring = await openKeyring('unlocked');
    onTestFinished(() => keyring.close());
    const { code, output } = await selfTest(dist, keyring.environment);
    expect(output).toMatch(/^✓ keychain: /mu);
    expect(code).toBe(0);
  });

  test('says what is missing, and ends with 1', async () => {
    const folder = temporaryFolder();
    cpSync(dist, join(folder, 'dist'), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
    rmSync(join(folder, 'dist', 'electron', 'age-worker.js'));
    const { code, output } = await selfTest(join(folder, 'dist'));
    expect(output).toMatch(/^✗ passphrase file: /mu);
    expect(output).toMatch(/^✓ window: /mu);
    expect(code).toBe(1);
  });
});

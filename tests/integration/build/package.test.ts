import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { capture } from '../../../build/bootstrap/processes.mjs';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
let folder: string;
let installed: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'contact-sheet-package-'));
  const elsewhere = path.join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  await npm(['pack', '--pack-destination', folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'no tarball';
  await npm(['install', '--prefix', elsewhere, '--prefer-offline', path.join(folder, tarball)], elsewhere);
  installed = path.join(elsewhere, 'node_modules', 'contact-sheet');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier'];
  const windows = process.platform === 'win32';
  const outcome = await capture(windows ? 'npm.cmd' : 'npm', [...args, ...quiet], { cwd, shell: windows });
  expect(outcome.code, outcome.output).toBe(0);
}

function contactSheet(args: readonly string[], settings: Record<string, string> = {}, flags: readonly string[] = []) {
  const env = { ...process.env, CONTACT_SHEET_HOME: path.join(folder, 'home'), ...settings };
  return capture(process.execPath, [...flags, path.join(installed, 'bin', 'contact-sheet.mjs'), ...args], { env });
}

describe('the npm package', () => {
  test('runs where it was installed, and says its version', async () => {
    expect(await contactSheet(['--version'])).toMatchObject({ code: 0, output: `${version}\n` });
  });

  test('brings neither TypeScript nor a Node of its own', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.ts') || /^(?:main|build|tests)\b/u.test(file))).toEqual([]);
    expect(readdirSync(path.dirname(installed)).filter((name) => /^node-(?:linux|win)|runtime/u.test(name))).toEqual(
      [],
    );
  });

  test('starts its threads and processes from where it lies', async () => {
    const settings = { CONTACT_SHEET_API_KEY: 'a-key-of-nobody', CONTACT_SHEET_PASSPHRASE: 'four plain words here' };
    const add = ['accounts', 'add', '--name', 'Brand', '--datacenter', 'us', '--vault', 'file'];
    const added = await contactSheet(add, settings);
    expect(added, added.output).toMatchObject({ code: 0 });
    const listed = await contactSheet(['accounts', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toMatchObject([{ name: 'Brand', vault: 'file' }]);
    const doctor = await contactSheet(['doctor']);
    expect(doctor.output).toMatch(/keychain/iu);
  });

  test('asks for a newer Node in one sentence', async () => {
    const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } })";
    const flags = ['--import', `data:text/javascript,${encodeURIComponent(older)}`];
    const outcome = await contactSheet(['--version'], {}, flags);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.output).toMatch(/^Contact Sheet needs Node 24 or newer, and this is Node 20\.11\.0: .+\n$/u);
  });
});

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { takeLock, usualPatience } from '../../../build/bootstrap/install-lock.mjs';
import { root } from '../../../build/bootstrap/paths.mjs';
import { capture } from '../../../build/bootstrap/processes.mjs';
import { openKeyring } from '../../support/keyring.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { callOver } from '../../support/web/call-over.ts';
import { enterBy, openDoorOf } from '../../support/web/enter.ts';

const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as { version: string };
let folder: string;
let installed: string;
let home: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'contact-sheet-package-'));
  home = path.join(folder, 'home');
  const elsewhere = path.join(folder, 'elsewhere');
  mkdirSync(elsewhere);
  await pack();
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'no tarball';
  await npm(['install', '--prefix', elsewhere, '--prefer-offline', path.join(folder, tarball)], elsewhere);
  installed = path.join(elsewhere, 'node_modules', 'contact-sheet');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

/** Packs under a lock, as packing builds into dist/, and another test run may do so too. */
async function pack(): Promise<void> {
  const lock = await takeLock(path.join(root, '.cache', 'pack.lock'), { ...usualPatience, waiting: () => undefined });
  try {
    await npm(['pack', '--pack-destination', folder], root);
  } finally {
    lock.release();
  }
}

async function npm(args: readonly string[], cwd: string): Promise<void> {
  const quiet = ['--loglevel=error', '--no-audit', '--no-fund', '--no-update-notifier'];
  const windows = process.platform === 'win32';
  const outcome = await capture(windows ? 'npm.cmd' : 'npm', [...args, ...quiet], { cwd, shell: windows });
  expect(outcome.code, outcome.output).toBe(0);
}

function contactSheet(args: readonly string[], settings: Record<string, string> = {}, flags: readonly string[] = []) {
  const env = { ...process.env, CONTACT_SHEET_HOME: home, ...settings };
  return capture(process.execPath, [...flags, path.join(installed, 'bin', 'contact-sheet.mjs'), ...args], {
    cwd: folder,
    env,
  });
}

/** Starts `contact-sheet serve` of the package and waits for its URL. */
async function startServing() {
  const env = { ...process.env, CONTACT_SHEET_HOME: home };
  const child = spawn(process.execPath, [path.join(installed, 'bin', 'contact-sheet.mjs'), 'serve'], {
    cwd: folder,
    env,
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const [firstLine] = (await once(createInterface(child.stdout), 'line')) as [string];
  return { child, firstLine };
}

const allowed = [
  /^dist\/THIRD_PARTY_NOTICES$/u,
  /^(?:package\.json|README\.md|LICENSE|bin\/contact-sheet\.mjs)$/u,
  /^dist\/[\w-]+\.js$/u,
  /^dist\/interface\/(?:index\.html|[\w-]+\.svg|assets\/[\w.-]+\.(?:js|css|svg|woff2|png|webp))$/u,
];

function lastEvent(ndjson: string): unknown {
  return JSON.parse(ndjson.trimEnd().split('\n').at(-1) ?? '');
}

describe('the npm package', () => {
  test('runs where it was installed, and says its version', async () => {
    expect(await contactSheet(['--version'])).toMatchObject({ code: 0, output: `${version}\n` });
  });

  test('holds the notices of the licences of others', () => {
    const notices = readFileSync(path.join(installed, 'dist', 'THIRD_PARTY_NOTICES'), 'utf8');
    expect(notices).toMatch(/GNU LESSER GENERAL PUBLIC LICENSE\s+Version 3/u);
  });

  test('can be published: nothing keeps it private, and it says where it is from', () => {
    const manifest = JSON.parse(readFileSync(path.join(installed, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).not.toHaveProperty('private');
    expect(manifest).toMatchObject({
      ...{ name: 'contact-sheet', license: 'MIT', type: 'module' },
      bin: { 'contact-sheet': 'bin/contact-sheet.mjs' },
      engines: { node: '>=24' },
      homepage: expect.stringMatching(/^https:/u),
      repository: { type: 'git', url: expect.stringMatching(/^git\+https:.+\.git$/u) },
      bugs: { url: expect.stringMatching(/^https:.+\/issues$/u) },
    });
    expect(Object.keys(manifest['dependencies'] as object).filter((name) => name.includes('electron'))).toEqual([]);
  });

  test('holds the program, the interface and a word on both, and no other file', async () => {
    const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
    const windows = process.platform === 'win32';
    const { code, stdout, output } = await capture(windows ? 'npm.cmd' : 'npm', args, { cwd: root, shell: windows });
    expect(code, output).toBe(0);
    const [packed] = JSON.parse(stdout) as readonly { readonly files: readonly { readonly path: string }[] }[];
    const files = packed?.files.map((file) => file.path) ?? [];
    expect(files).toContain('bin/contact-sheet.mjs');
    expect(files.filter((file) => !allowed.some((pattern) => pattern.test(file)))).toEqual([]);
  });

  test('runs by the name that npm gives it', async () => {
    const name = process.platform === 'win32' ? 'contact-sheet.cmd' : 'contact-sheet';
    const command = path.join(path.dirname(installed), '.bin', name);
    const env = { ...process.env, CONTACT_SHEET_HOME: home };
    const { code, output } = await capture(command, ['--version'], { cwd: folder, env, shell: name.endsWith('.cmd') });
    expect([code, output]).toEqual([0, `${version}\n`]);
  });

  test('brings neither TypeScript nor a Node of its own nor Electron', () => {
    const files = readdirSync(installed, { recursive: true, encoding: 'utf8' });
    expect(files.filter((file) => file.endsWith('.ts') || /^(?:main|build|tests)\b/u.test(file))).toEqual([]);
    expect(files).toContain(path.join('dist', 'interface', 'index.html'));
    expect(files.filter((file) => file.startsWith(path.join('dist', 'electron')))).toEqual([]);
    const brought = readdirSync(path.dirname(installed)).filter((name) => !name.startsWith('.'));
    expect(brought).toContain('undici');
    expect(brought.filter((name) => /^(?:node-|electron|vite|typescript)|runtime/u.test(name))).toEqual([]);
  });

  test('does the whole job: sample library, sync, search, download', async () => {
    const added = await contactSheet(['sample', '--count', '300']);
    expect(added, added.output).toMatchObject({ code: 0 });
    const synced = await contactSheet(['sync', '--json']);
    expect(synced.code, synced.output).toBe(0);
    expect(lastEvent(synced.stdout)).toMatchObject({ event: 'done', calls: 3, added: 300, complete: true });
    const found = JSON.parse((await contactSheet(['search', '-is:other', '--limit', '5', '--json'])).stdout);
    expect(found).toHaveLength(5);

    const pictures = path.join(folder, 'pictures');
    const query = `-is:other id:>=${found.at(-1).id}`;
    const downloaded = await contactSheet(['download', query, '--to', 'pictures', '--manifest', '--json']);
    expect(downloaded.code, downloaded.output).toBe(0);
    expect(lastEvent(downloaded.stdout)).toMatchObject({ event: 'done', planned: 5, done: 5, failed: 0 });
    expect(readdirSync(pictures)).toContain('SHA256SUMS');
    const verified = await contactSheet(['verify', 'pictures']);
    expect(verified, verified.output).toMatchObject({ code: 0 });
  });

  test('starts its threads and processes from where it lies', async () => {
    const key = 'a-key-of-nobody';
    const passphrase = { CONTACT_SHEET_PASSPHRASE: 'four plain words here' };
    const add = ['accounts', 'add', '--name', 'Brand', '--datacenter', 'us', '--vault', 'file'];
    const added = await contactSheet(add, { ...passphrase, CONTACT_SHEET_API_KEY: key });
    expect(added, added.output).toMatchObject({ code: 0 });
    const listed = await contactSheet(['accounts', 'list', '--json']);
    expect(JSON.parse(listed.stdout)).toContainEqual(expect.objectContaining({ name: 'Brand', vault: 'file' }));
    expect(readFileSync(path.join(home, 'keys.age'), 'latin1')).not.toContain(key);
    const wrong = await contactSheet(['accounts', 'test', 'Brand'], { CONTACT_SHEET_PASSPHRASE: 'not these words' });
    expect(wrong, wrong.output).toMatchObject({ code: 7 });
  });

  test('serves the interface that it brings', async () => {
    const program = path.join(installed, 'bin', 'contact-sheet.mjs');
    const env = { ...process.env, CONTACT_SHEET_HOME: home };
    const child = spawn(process.execPath, [program, 'serve', '--json'], {
      cwd: folder,
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const closed = once(child, 'close');
    onTestFinished(() => void child.kill('SIGKILL'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    const { url } = JSON.parse(line) as { url: string };
    const letIn = await fetch(url, { redirect: 'manual' });
    const cookie = letIn.headers.get('set-cookie')?.split(';')[0] ?? '';
    const page = await fetch(new URL('/', url), { headers: { cookie } });
    expect(await page.text()).toContain('<title>Contact Sheet</title>');
    child.kill('SIGTERM');
    expect(await closed).toEqual([0, null]);
  });

  testNeeding('linux', 'keeps a key in the keychain, by a process of its own', async () => {
    const keyring = await openKeyring('unlocked');
    onTestFinished(() => keyring.close());
    const settings = { ...keyring.environment, CONTACT_SHEET_API_KEY: 'a-key-of-nobody' };
    const add = ['accounts', 'add', '--name', 'Kept', '--datacenter', 'us', '--vault', 'keychain'];
    const added = await contactSheet(add, settings);
    expect(added, added.output).toMatchObject({ code: 0 });
    const findings = JSON.parse((await contactSheet(['doctor', '--json'], keyring.environment)).stdout);
    expect(findings).toContainEqual(expect.objectContaining({ what: 'keychain', state: 'works' }));
    const removed = await contactSheet(['accounts', 'remove', 'Kept'], keyring.environment);
    expect(removed, removed.output).toMatchObject({ code: 0 });
  });

  test('serves the interface that lies in it, and updates by npm alone', async () => {
    const { child, firstLine } = await startServing();
    const entered = await enterBy(firstLine);
    const { origin, cookie } = entered;
    const html = await (await fetch(origin, { headers: { cookie } })).text();
    const script = /<script[^>]+src="\.?(?<path>\/assets\/[^"]+\.js)"/u.exec(html)?.groups?.['path'] ?? 'no script';
    const asset = await fetch(origin + script, { headers: { cookie } });
    expect([asset.status, asset.headers.get('content-type')]).toEqual([200, expect.stringContaining('javascript')]);
    expect(await callOver(await openDoorOf(entered))('updates.check', {})).toMatchObject({
      value: { state: 'absent', message: expect.stringContaining('npm') },
    });
    const ended = once(child, 'close');
    child.kill('SIGTERM');
    await ended;
  });

  test('asks for a newer Node in one sentence', async () => {
    const older = "Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '20.11.0' } })";
    const flags = ['--import', `data:text/javascript,${encodeURIComponent(older)}`];
    const outcome = await contactSheet(['--version'], {}, flags);
    expect(outcome).toMatchObject({ code: 1, stdout: '' });
    expect(outcome.output).toMatch(/^Contact Sheet needs Node 24 or newer, and this is Node 20\.11\.0: .+\n$/u);
  });
});

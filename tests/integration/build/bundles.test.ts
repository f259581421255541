import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { ensureBuilt } from '../../../build/bundles/ensure-built.mjs';
import { companions } from '../../../build/bundles/node-bundle.mjs';
import { commandLinePart, electronPart, interfacePart } from '../../../build/bundles/parts.mjs';
import { electronProgram } from '../../../build/electron-runtime.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('building what is stale', () => {
  function createProject() {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
    writeFileSync(join(folder, 'src', 'deep', 'a.txt'), 'one');
    let made = 0;
    const part = {
      name: 'copy',
      sources: ['src', 'missing'],
      file: 'out/a.txt',
      async make() {
        made += 1;
        mkdirSync(join(folder, 'out'), { recursive: true });
        writeFileSync(join(folder, 'out', 'a.txt'), readFileSync(join(folder, 'src', 'deep', 'a.txt')));
      },
    };
    return { folder, part, made: () => made };
  }

  test('happens once, again when a source changed, appeared or went, and when the result is gone', async () => {
    const { folder, part } = createProject();
    const build = () => ensureBuilt([part], { root: folder });
    expect([await build(), await build()]).toEqual([['copy'], []]);
    writeFileSync(join(folder, 'src', 'deep', 'a.txt'), 'two');
    expect([await build(), await build()]).toEqual([['copy'], []]);
    expect(readFileSync(join(folder, 'out', 'a.txt'), 'utf8')).toBe('two');
    writeFileSync(join(folder, 'src', 'b.txt'), 'new');
    expect([await build(), await build()]).toEqual([['copy'], []]);
    rmSync(join(folder, 'src', 'b.txt'));
    expect([await build(), await build()]).toEqual([['copy'], []]);
    rmSync(join(folder, 'out'), { recursive: true });
    expect([await build(), await build()]).toEqual([['copy'], []]);
  });

  test('is done by one of several that ask at the same time', async () => {
    const { folder, part, made } = createProject();
    const results = await Promise.all([1, 2, 3].map(() => ensureBuilt([part], { root: folder })));
    expect(results.flat()).toEqual(['copy']);
    expect(made()).toBe(1);
  });

  test('that failed counts as none', async () => {
    const { folder, part } = createProject();
    const broken = { ...part, make: () => Promise.reject(new Error('a mistake in the source')) };
    await expect(ensureBuilt([broken], { root: folder })).rejects.toThrow('a mistake');
    expect(await ensureBuilt([part], { root: folder })).toEqual(['copy']);
  });
});

test('only programs are bundled as programs', () => {
  const programs = ['age-worker', 'check-worker', 'core-worker', 'image-helper', 'keychain-helper', 'search-worker'];
  expect(Object.keys(companions(join(root, 'main'))).toSorted()).toEqual(programs);
});

describe('what was built', () => {
  beforeAll(() => ensureBuilt([commandLinePart, interfacePart, electronPart]));
  const built = join(root, 'dist');

  test('the interface holds nothing inline, and every asset bears its hash', () => {
    const html = readFileSync(join(built, 'interface', 'index.html'), 'utf8');
    expect(html).not.toMatch(/<style|style=|\bon\w+=|<script(?![^>]*\bsrc=)/u);
    const assets = readdirSync(join(built, 'interface', 'assets'));
    expect(assets.filter((name) => !/-[\w-]{8}\.\w+$/u.test(name))).toEqual([]);
    expect(assets.map((name) => name.split('.').at(-1))).toEqual(expect.arrayContaining(['js', 'css']));
  });

  test('the preload is one small file that a sandbox takes: it requires Electron and nothing else', () => {
    const preload = readFileSync(join(built, 'electron', 'preload.cjs'), 'utf8');
    expect(preload.length).toBeLessThan(600);
    expect([...preload.matchAll(/require\(["'`](?<name>[^"'`]+)/gu)].map((match) => match.groups?.['name'])).toEqual([
      'electron',
    ]);
    expect(preload).not.toMatch(/\bimport\b|\bprocess\b/u);
  });

  test.each([
    ['electron', 'main.js'],
    ['.', 'contact-sheet.js'],
  ])('no SQLite is loaded by the thread of the host that %s/%s runs', (folder, program) => {
    const reached = new Set([program]);
    const imports: string[] = [];
    for (const file of reached) {
      const text = readFileSync(join(built, folder, file), 'utf8');
      for (const { groups } of text.matchAll(/^(?:import|export)\b[^;]*?["'](?<name>[^"'\n]+)["'];/gmu)) {
        const name = groups?.['name'] ?? '';
        if (name.startsWith('./')) reached.add(name.slice(2));
        else imports.push(name);
      }
    }
    expect(imports).toContain('node:worker_threads');
    expect(imports).not.toContain('node:sqlite');
  });

  test('Electron’s main program lies beside what it starts by name, and imports only what is installed with it', () => {
    const folder = join(built, 'electron');
    expect(readdirSync(folder)).toEqual(
      expect.arrayContaining([
        ...['main.js', 'preload.cjs', 'core-worker.js', 'search-worker.js', 'check-worker.js', 'age-worker.js'],
        ...['keychain-helper.js', 'image-helper.js'],
      ]),
    );
    const scripts = readdirSync(folder).filter((name) => name.endsWith('.js'));
    const imported = scripts.flatMap((name) => {
      const text = readFileSync(join(folder, name), 'utf8');
      return [...text.matchAll(/^import\b[^;]*?from "(?<name>[^."][^"]*)"/gmu)].map(
        (match) => match.groups?.['name'] ?? '',
      );
    });
    const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const packages = imported
      .filter((name) => !name.startsWith('node:'))
      .map((name) =>
        name
          .split('/')
          .slice(0, name.startsWith('@') ? 2 : 1)
          .join('/'),
      );
    expect(packages).toContain('zod');
    expect(packages.filter((name) => name !== 'electron' && !Object.hasOwn(dependencies, name))).toEqual([]);
  });
});

test('Electron’s program is found in its package, or where ELECTRON_OVERRIDE_DIST_PATH names it, or nowhere', () => {
  const folder = temporaryFolder();
  const find = (environment: Record<string, string>, platform: string) =>
    electronProgram({ environment, root: folder, platform });
  expect(find({}, 'linux')).toBeUndefined();
  const dist = join(folder, 'node_modules', 'electron', 'dist');
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, 'electron'), '');
  expect(find({}, 'linux')).toBe(join(dist, 'electron'));
  expect(find({}, 'win32')).toBeUndefined();
  const other = join(folder, 'other');
  expect(find({ ELECTRON_OVERRIDE_DIST_PATH: other }, 'linux')).toBeUndefined();
  mkdirSync(other);
  writeFileSync(join(other, 'electron.exe'), '');
  expect(find({ ELECTRON_OVERRIDE_DIST_PATH: other }, 'win32')).toBe(join(other, 'electron.exe'));
  expect(existsSync(join(other, 'electron'))).toBe(false);
});

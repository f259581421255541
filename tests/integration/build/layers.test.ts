import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { capture } from '../../../build/bootstrap/processes.mjs';
import { toolScript } from '../../../build/bootstrap/tools.mjs';

/** Files that each break a rule by an import. */
const offences: readonly (readonly [rule: string, from: string, imports: string])[] = [
  ['domain-is-pure', 'main/domain/a.ts', 'main/ports/clock.ts'],
  ['domain-is-pure', 'main/domain/b.ts', 'node:path'],
  ['domain-is-pure', 'main/domain/c.ts', 'zod'],
  ['contract-is-pure', 'main/contract/a.ts', 'main/ports/clock.ts'],
  ['contract-is-pure', 'main/contract/b.ts', 'node:path'],
  ['ports-are-types', 'main/ports/a.ts', 'main/contract/table.ts'],
  ['adapters-stand-alone', 'main/adapters/remote/a.ts', 'main/adapters/storage/rows.ts'],
  ['adapters-stand-alone', 'main/adapters/vault/a.ts', 'main/adapters/remote/pages.ts'],
  ['adapters-stand-alone', 'main/adapters/storage/a.ts', 'main/contract/table.ts'],
  ['adapters-stand-alone', 'main/adapters/helpers/a.ts', 'main/adapters/vault/file.ts'],
  ['features-stand-alone', 'main/features/sync/a.ts', 'main/features/downloads/engine.ts'],
  ['features-stand-alone', 'main/features/accounts/a.ts', 'main/adapters/vault/file.ts'],
  ['features-stand-alone', 'main/features/exports/a.ts', 'main/core.ts'],
  ['door-knows-no-feature', 'main/dispatch.ts', 'main/features/downloads/engine.ts'],
  ['core-knows-no-host', 'main/core.ts', 'main/hosts/cli/text/text.ts'],
  ['hosts-are-thin', 'main/hosts/cli/a.ts', 'main/features/downloads/engine.ts'],
  ['hosts-are-thin', 'main/hosts/cli/b.ts', 'main/adapters/storage/rows.ts'],
  ['hosts-are-thin', 'main/hosts/cli/d.ts', 'main/adapters/imaging/small.ts'],
  ['core-off-the-hosts-thread', 'main/hosts/electron/c.ts', 'main/core.ts'],
  ['core-off-the-hosts-thread', 'main/hosts/cli/c.ts', 'main/core.ts'],
  ['shared-by-hosts', 'main/hosts/shared/core-thread/a.ts', 'main/hosts/shared/page/page.ts'],
  ['hosts-are-equals', 'main/hosts/web/a.ts', 'main/hosts/cli/text/text.ts'],
  ['hosts-are-equals', 'main/hosts/electron/a.ts', 'main/hosts/web/server.ts'],
  ['shared-by-hosts', 'main/hosts/shared/page/a.ts', 'main/hosts/web/server.ts'],
  ['shared-by-hosts', 'main/hosts/shared/node/a.ts', 'main/hosts/shared/page/page.ts'],
  ['renderer-sees-the-door', 'renderer/gallery/a.ts', 'main/features/downloads/engine.ts'],
  ['no-schemas-in-a-page', 'renderer/gallery/b.ts', 'main/contract/table.ts'],
  ['parts-are-general', 'renderer/components/a.ts', 'renderer/gallery/tile.ts'],
  ['only-hosts-word', 'main/features/sync/j.ts', 'main/messages/messages.ts'],
  ['messages-are-texts', 'main/messages/a.ts', 'main/ports/clock.ts'],
  ['main-knows-no-page', 'main/hosts/electron/e.ts', 'renderer/gallery/tile.ts'],
  ['nothing-imports-tests', 'main/features/sync/b.ts', 'tests/support/fake.ts'],
  ['product-needs-no-build', 'main/features/sync/c.ts', 'build/paths.ts'],
  ['sqlite-in-storage', 'main/features/sync/d.ts', 'node:sqlite'],
  ['connections-in-remote', 'main/features/downloads/a.ts', 'undici'],
  ['connections-in-remote', 'main/features/downloads/b.ts', 'node:https'],
  ['processes-in-helpers', 'main/hosts/shared/node/b.ts', 'node:child_process'],
  ['keychain-in-vault', 'main/features/accounts/b.ts', '@napi-rs/keyring'],
  ['pictures-in-imaging', 'main/features/thumbnails/a.ts', 'sharp'],
  ['composition-is-core', 'main/events.ts', 'main/composition/parts.ts'],
  ['web-sockets-in-the-browser-host', 'main/hosts/shared/page/b.ts', 'ws'],
  ['settings-in-their-file', 'main/features/settings/a.ts', 'conf'],
  ['arguments-in-the-command-line', 'main/core/a.ts', 'commander'],
  ['electron-in-its-host', 'main/core/b.ts', 'electron'],
  ['hosts-are-equals', 'main/hosts/electron/g.ts', 'main/hosts/cli/text/text.ts'],
  ['no-cycles', 'main/features/sync/e.ts', 'main/features/sync/f.ts'],
  ['no-barrels', 'main/features/sync/g.ts', 'main/features/sync/index.ts'],
  ['resolvable', 'main/features/sync/h.ts', 'main/features/sync/not-there.ts'],
  ['product-needs-its-dependencies', 'main/features/sync/i.ts', 'fast-check'],
];
const lawful: readonly (readonly [from: string, imports: string])[] = [
  ['main/features/sync/f.ts', 'main/features/sync/e.ts'],
  ['main/features/downloads/engine.ts', 'main/adapters/remote/pages.ts'],
  ['main/adapters/remote/pages.ts', 'undici'],
  ['main/adapters/storage/rows.ts', 'node:sqlite'],
  ['main/adapters/vault/file.ts', 'age-encryption'],
  ['main/adapters/vault/keychain/keychain.ts', 'main/adapters/helpers/lines.ts'],
  ['main/hosts/cli/text/text.ts', 'commander'],
  ['main/hosts/web/server.ts', 'main/hosts/shared/page/page.ts'],
  ['main/hosts/shared/page/page.ts', 'main/hosts/shared/node/files.ts'],
  ['main/hosts/web/socket.ts', 'ws'],
  ['main/adapters/settings-file/file.ts', 'conf'],
  ['main/hosts/cli/start.ts', 'main/adapters/vault/file.ts'],
  ['main/hosts/cli/open-core.ts', 'main/core.ts'],
  ['main/hosts/shared/core-thread/core-worker.ts', 'main/core.ts'],
  ['main/hosts/electron/d.ts', 'main/hosts/shared/core-thread/core-thread.ts'],
  ['main/hosts/electron/b.ts', 'electron'],
  ['main/hosts/electron/f.ts', 'main/messages/messages.ts'],
  ['preload/a.ts', 'electron'],
  ['main/contract/table.ts', 'zod'],
  ['main/features/sample/server.ts', 'node:http'],
];

let tree: string;
beforeAll(() => {
  tree = mkdtempSync(path.join(tmpdir(), 'contact-sheet-layers-'));
  for (const name of ['main', 'preload', 'renderer', 'tests', 'build']) mkdirSync(path.join(tree, name));
  writeFileSync(
    path.join(tree, 'build/tsconfig.tests.json'),
    JSON.stringify({ compilerOptions: { module: 'nodenext' } }),
  );
  symlinkSync(path.join(root, 'package.json'), path.join(tree, 'package.json'));
  const libraries = [
    'zod',
    'undici',
    '@napi-rs/keyring',
    'age-encryption',
    'commander',
    'electron',
    'fast-check',
    'ws',
    'conf',
  ];
  for (const name of libraries) {
    write(`node_modules/${name}/main.js`, '');
    writeFileSync(path.join(tree, 'node_modules', name, 'package.json'), JSON.stringify({ name, main: 'main.js' }));
  }
  const imports = [...offences.map(([, from, to]) => [from, to] as const), ...lawful];
  const targets = imports.map(([, to]) => to).filter((to) => to.includes('.ts') && !to.includes('not-there'));
  for (const target of targets) write(target, '');
  for (const [from, to] of imports) write(from, to);
});
afterAll(() => {
  rmSync(tree, { recursive: true, force: true });
});

function write(from: string, to: string): void {
  const file = path.join(tree, from);
  mkdirSync(path.dirname(file), { recursive: true });
  const specifier = to.endsWith('.ts') ? path.relative(path.dirname(file), path.join(tree, to)) : to;
  const relative = specifier.endsWith('.ts') && !specifier.startsWith('.') ? `./${specifier}` : specifier;
  writeFileSync(file, to === '' ? 'export {};\n' : `import '${relative.replaceAll('\\', '/')}';\n`);
}

test('each file of the tree stands for one import', () => {
  const files = [...offences.map(([, from]) => from), ...lawful.map(([from]) => from)];
  expect(files.filter((file, at) => files.indexOf(file) !== at)).toEqual([]);
});

test('each rule of the layers finds what breaks it, and nothing else', async () => {
  const config = path.join(root, 'build', 'dependency-cruiser.mjs');
  const args = ['--config', config, '--output-type', 'json', 'main', 'preload', 'renderer', 'tests', 'build'];
  const { stdout, output } = await capture(process.execPath, [toolScript('dependency-cruiser', 'depcruise'), ...args], {
    cwd: tree,
  });
  expect(stdout, output).toMatch(/^\{/);
  const { violations } = JSON.parse(stdout).summary;
  const found = violations.map((one: { rule: { name: string }; from: string }) => `${one.rule.name} ${one.from}`);
  expect(offences.map(([rule, from]) => `${rule} ${from}`).filter((offence) => !found.includes(offence))).toEqual([]);
  const guilty = new Set(offences.map(([, from]) => from));
  expect(found.filter((one: string) => !guilty.has(one.split(' ')[1] ?? ''))).toEqual([]);
});

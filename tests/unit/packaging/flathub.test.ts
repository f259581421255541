import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { capture } from '../../../build/bootstrap/processes.mjs';
import { root } from '../../../build/bootstrap/paths.mjs';
import { packagingConfig } from '../../../build/packaging/config.mjs';
import { identity, project } from '../../../build/packaging/identity.mjs';
import { metainfo } from '../../../build/packaging/linux/metainfo.mjs';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type Source = { readonly type: string; readonly url?: string; readonly sha256?: string; readonly commands?: string[] };
type Manifest = Readonly<Record<string, unknown>> & {
  readonly 'finish-args': readonly string[];
  readonly modules: readonly { readonly sources: readonly Source[]; readonly 'build-commands': readonly string[] }[];
};

const debs = ['amd64', 'arm64'].map((arch) => `contact-sheet-${project.version}-linux-${arch}.deb`);

/** Writes the manifest like the release workflow. */
async function write(names: readonly string[] = debs) {
  const folder = temporaryFolder();
  for (const name of names) writeFileSync(join(folder, name), `the package ${name}`);
  const outcome = await capture(process.execPath, [join(root, 'build', 'packaging', 'write-flathub.mjs'), folder]);
  const read = () =>
    parse(readFileSync(join(folder, `${identity.appId}.json`), 'utf8'), { strict: true, uniqueKeys: true }) as Manifest;
  return { outcome, read };
}

describe('the manifest for Flathub', () => {
  test('names the app as its desktop entry and its metadata do', async () => {
    const { outcome, read } = await write();
    expect(outcome.code, outcome.output).toBe(0);
    const manifest = read();
    const linux = packagingConfig({ platform: 'linux', output: 'out', environment: {} });
    expect(manifest).toMatchObject({
      id: linux.appId,
      command: linux.executableName,
      runtime: 'org.freedesktop.Platform',
      base: 'org.electronjs.Electron2.BaseApp',
      'runtime-version': linux.flatpak?.runtimeVersion,
      'base-version': linux.flatpak?.baseVersion,
    });
    const described = metainfo({ version: '1.0.0', date: '2026-11-26' });
    expect(described).toContain(`<id>${manifest['id'] as string}</id>`);
    expect(described).toContain(`<launchable type="desktop-id">${manifest['id'] as string}.desktop</launchable>`);
    const commands = manifest.modules.flatMap((module) => module['build-commands']).join('\n');
    for (const part of ['applications', 'metainfo', 'icons/hicolor']) expect(commands).toContain(`/app/share/${part}`);
    expect(commands).toContain(`"opt/${linux.productName}/."`);
  });

  test('brings both processors’ packages of the release, by their hashes, and nothing else', async () => {
    const sources = (await write()).read().modules.flatMap((module) => module.sources);
    expect(sources.filter(({ type }) => type === 'file')).toEqual(
      debs.map((name, index) => ({
        type: 'file',
        'only-arches': [['x86_64', 'aarch64'][index]],
        url: `${project.homepage}/releases/download/v${project.version}/${name}`,
        sha256: createHash('sha256').update(`the package ${name}`).digest('hex'),
        'dest-filename': 'contact-sheet.deb',
      })),
    );
    expect(sources).toHaveLength(3);
    const { outcome } = await write(debs.slice(1));
    expect(outcome.code).not.toBe(0);
  });

  test('permits what the app needs, never the whole home or every device, and keeps the sandbox', async () => {
    const manifest = (await write()).read();
    expect(manifest['finish-args'].toSorted()).toEqual([
      ...['--device=dri', '--filesystem=xdg-download', '--filesystem=xdg-pictures', '--share=ipc', '--share=network'],
      ...['--socket=fallback-x11', '--socket=wayland', '--talk-name=org.freedesktop.Notifications'],
      ...['--talk-name=org.freedesktop.secrets', '--talk-name=org.kde.StatusNotifierWatcher'],
    ]);
    const linux = packagingConfig({ platform: 'linux', output: 'out', environment: {} });
    expect(linux.flatpak?.finishArgs).toEqual(manifest['finish-args']);
    const start = manifest.modules.flatMap(({ sources }) => sources).flatMap(({ commands = [] }) => commands);
    expect(start).toEqual([expect.stringMatching(/^exec zypak-wrapper\.sh \/app\/lib\/.+ "\$@"$/u)]);
    expect(JSON.stringify(manifest)).not.toContain('no-sandbox');
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { root } from '../../build/bootstrap/paths.mjs';
import { childEnvironment, withdrawSecrets } from '../../main/adapters/helpers/child-environment.ts';

describe('the environment of a child process', () => {
  it('holds what programs and desktops need', () => {
    const needed = {
      ...{ PATH: '/usr/bin', HOME: '/home/x', LANG: 'de_DE.UTF-8', LC_ALL: 'C', TZ: 'UTC', TMPDIR: '/tmp' },
      ...{ DISPLAY: ':0', WAYLAND_DISPLAY: 'wayland-0', XAUTHORITY: '/x', XDG_RUNTIME_DIR: '/run', BROWSER: 'firefox' },
      ...{ DBUS_SESSION_BUS_ADDRESS: 'unix:path=/run/bus', GNOME_KEYRING_CONTROL: '/run/keyring' },
      ...{ SystemRoot: 'C:\\Windows', Path: 'C:\\', 'ProgramFiles(x86)': 'C:\\', USERPROFILE: 'C:\\x' },
      ...{ https_proxy: 'http://proxy.example:3128', NO_PROXY: 'localhost' },
      CONTACT_SHEET_PICTURE_BUILD: 'wasm',
    };
    expect(childEnvironment(needed)).toEqual(needed);
  });

  it.each([
    ...['CONTACT_SHEET_API_KEY', 'CONTACT_SHEET_PASSPHRASE', 'contact_sheet_passphrase', 'CONTACT_SHEET_HOME'],
    ...['NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'ELECTRON_RUN_AS_NODE', 'LD_PRELOAD', 'SSH_AUTH_SOCK'],
    ...['AWS_SECRET_ACCESS_KEY', 'GITHUB_TOKEN', 'npm_config__auth', 'PATH_SECRET', 'A_PATH', ''],
  ])('lacks %j', (name) => {
    expect(childEnvironment({ [name]: 'a-secret' })).toEqual({});
  });

  it('lacks a proxy’s password, and whatever has no value', () => {
    expect(childEnvironment({ HTTPS_PROXY: 'http://me:secret@proxy.example', HOME: undefined })).toEqual({});
  });

  it('holds no name that is not on the list, whatever the names are', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (environment) => {
        const given = childEnvironment({ ...environment, CONTACT_SHEET_API_KEY: 'the-key' });
        expect(Object.keys(given)).not.toContain('CONTACT_SHEET_API_KEY');
        expect(environment).toMatchObject(given);
      }),
    );
  });

  it('is all that programs inherit that a process starts without asking us', () => {
    const own: Record<string, string | undefined> = {
      CONTACT_SHEET_API_KEY: 'k',
      Contact_Sheet_Passphrase: 'p',
      A: 'a',
    };
    expect(withdrawSecrets(own)).toEqual({ CONTACT_SHEET_API_KEY: 'k', Contact_Sheet_Passphrase: 'p', A: 'a' });
    expect(own).toEqual({ A: 'a' });
  });
});

describe('what starts a process', () => {
  const sources = ['main', 'preload'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const holding = (pattern: RegExp) =>
    sources.filter((path) => pattern.test(readFileSync(path, 'utf8'))).map((path) => relative(root, path));

  it('goes through one function, which chooses the environment', () => {
    expect(sources.length).toBeGreaterThan(200);
    expect(holding(/child_process/)).toEqual([join('main', 'adapters', 'helpers', 'start-process.ts')]);
    expect(holding(/utilities\.fork\(|utilityProcess\.fork\(/)).toEqual([
      join('main', 'hosts', 'electron', 'app', 'start-utility-process.ts'),
    ]);
    for (const path of [...holding(/child_process/), ...holding(/\.fork\(script/)]) {
      const text = readFileSync(join(root, path), 'utf8');
      const started = text.match(/\b(?:spawn|fork)\(/g)?.length ?? 0;
      expect(text.match(/env: childEnvironment\(environment\)/g)).toHaveLength(started);
    }
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { longestQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { readArguments, withoutProgram } from '../../../main/hosts/electron/app/start-arguments.ts';
import { desktopEntry, openAtLogin } from '../../../main/hosts/electron/shell-integration/login-item.ts';
import { readDeepLink } from '../../../main/hosts/electron/shell-integration/deep-link.ts';
import { createSystemProxy, readProxyList } from '../../../main/hosts/electron/app/system-proxy.ts';
import { themeSourceOf } from '../../../main/hosts/electron/window/theme.ts';
import { withSystemProxy } from '../../../main/hosts/shared/core-thread/with-system-proxy.ts';
import { createNetwork } from '../../../main/adapters/network/network.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('a link of ours', () => {
  test.each([
    ['contact-sheet://search?q=logo', 'logo'],
    ['contact-sheet://search/?q=size%3A%3E1MB%20cat', 'size:>1MB cat'],
    ['CONTACT-SHEET://search?q=%C3%A9', 'é'],
    ['contact-sheet://search?q=', ''],
  ])('%s searches', (link, query) => {
    expect(readDeepLink(link)).toBe(query);
  });

  test.each([
    'contact-sheet://search',
    'contact-sheet://search?q=a&q=b',
    'contact-sheet://search/other?q=a',
    'contact-sheet://settings?q=a',
    'contact-sheet://user@search?q=a',
    'contact-sheet://:word@search?q=a',
    'contact-sheet:search?q=a',
    'contact-sheet-evil://search?q=a',
    'https://search?q=a',
    'contact-sheet://search?q=a%00b',
    'contact-sheet://search?q=a%0Ab',
    `contact-sheet://search?q=${'x'.repeat(longestQuery + 1)}`,
    '--help',
    '',
  ])('%.60j asks for nothing', (link) => {
    expect(readDeepLink(link)).toBeUndefined();
  });
});

test('arguments are read without the program, and what nobody knows is passed over', () => {
  expect(withoutProgram(['/app', 'a'], true)).toEqual(['a']);
  expect(withoutProgram(['/electron', '/main.js', 'a'], false)).toEqual(['a']);
  expect(readArguments([])).toEqual({ asks: undefined, isSafe: false, search: undefined });
  expect(readArguments(['--version', '--help'])).toMatchObject({ asks: 'help' });
  expect(readArguments(['-v'])).toMatchObject({ asks: 'version' });
  const started = readArguments(['--ozone-platform=x11', '--safe-mode', 'contact-sheet://search?q=a']);
  expect(started).toEqual({ asks: undefined, isSafe: true, search: 'a' });
});

describe('the proxy', () => {
  test.each([
    ['DIRECT', undefined],
    ['', undefined],
    ['PROXY 10.0.0.1:3128', 'http://10.0.0.1:3128'],
    ['PROXY 10.0.0.1:3128; DIRECT', 'http://10.0.0.1:3128'],
    ['HTTPS proxy.example:443;PROXY other.example:80', 'https://proxy.example:443'],
    ['SOCKS5 10.0.0.1:1080; PROXY 10.0.0.2:80', 'http://10.0.0.2:80'],
    ['SOCKS5 10.0.0.1:1080; DIRECT', undefined],
    ['SOCKS5 10.0.0.1:1080', 'socks5://10.0.0.1:1080'],
  ])('of %j is %s', (list, proxy) => {
    expect(readProxyList(list)).toBe(proxy);
  });

  test('is the environment’s, else the system’s', async () => {
    const asked: string[] = [];
    const session = {
      async resolveProxy(url: string) {
        asked.push(url);
        return 'PROXY system.example:80';
      },
    };
    const url = new URL('https://api.example/a');
    const named = withSystemProxy(createNetwork({ HTTPS_PROXY: 'http://named.example:1' }), createSystemProxy(session));
    expect(await named.proxyFor(url)).toBe('http://named.example:1');
    expect(asked).toEqual([]);
    const unnamed = withSystemProxy(createNetwork({}), createSystemProxy(session));
    expect(await unnamed.proxyFor(url)).toBe('http://system.example:80');
    expect(asked).toEqual([url.href]);
  });
});

describe('opening at login', () => {
  const app = {
    isPackaged: true,
    getLoginItemSettings: () => ({ openAtLogin: opens }) as never,
    setLoginItemSettings: ({ openAtLogin = false }) => void (opens = openAtLogin),
  };
  let opens = false;

  test('is off, and an entry of the desktop on Linux', () => {
    const home = temporaryFolder();
    const linux = { app, platform: 'linux' as const, environment: { HOME: home }, program: '/opt/Contact Sheet/app' };
    const file = join(home, '.config', 'autostart', 'contact-sheet.desktop');
    expect(openAtLogin(linux, undefined)).toEqual({ ok: true, value: false });
    expect(existsSync(file)).toBe(false);
    expect(openAtLogin(linux, true)).toEqual({ ok: true, value: true });
    expect(readFileSync(file, 'utf8')).toContain('Exec="/opt/Contact Sheet/app"\n');
    expect(openAtLogin(linux, undefined)).toEqual({ ok: true, value: true });
    expect(openAtLogin(linux, false)).toEqual({ ok: true, value: false });
    expect(opens).toBe(false);
  });

  test('is the system’s own elsewhere, and nothing from a checkout or inside a sandbox', () => {
    const mac = { app, platform: 'darwin' as const, environment: {}, program: '/app' };
    expect(openAtLogin(mac, undefined)).toEqual({ ok: true, value: false });
    expect(openAtLogin(mac, true)).toEqual({ ok: true, value: true });
    expect(openAtLogin({ ...mac, app: { ...app, isPackaged: false } }, true)).toEqual({ ok: true, value: null });
    const flatpak = { ...mac, platform: 'linux' as const, environment: { FLATPAK_ID: 'x' } };
    expect(openAtLogin(flatpak, true)).toEqual({ ok: true, value: null });
  });

  test('quotes the program as the standard has it', () => {
    expect(desktopEntry('/a "b" $c `d` 100% \\e')).toContain(
      String.raw`Exec="/a \\"b\\" \\$c \\${'`'}d\\${'`'} 100%% \\\\e"`,
    );
  });
});

test('high contrast is dark to the system', () => {
  expect((['system', 'light', 'dark', 'contrast'] as const).map(themeSourceOf)).toEqual([
    'system',
    'light',
    'dark',
    'dark',
  ]);
});

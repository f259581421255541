import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** Variables that could leak a developer's own keys, proxies, keychain and working folder into a test. */
const leakingVariables = [
  'CONTACT_SHEET_API_KEY',
  'CONTACT_SHEET_PASSPHRASE',
  'DBUS_SESSION_BUS_ADDRESS',
  'INIT_CWD',
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
];

/** Gives the tests a temporary home folder and an environment without these variables; returns the teardown. */
export default function setup(): () => void {
  const home = mkdtempSync(path.join(tmpdir(), 'contact-sheet-home-'));
  // npm, which the package's test starts, still needs the proxy.
  const proxy = process.env['HTTPS_PROXY'] ?? process.env['https_proxy'];
  if (proxy !== undefined) process.env['npm_config_https_proxy'] ??= proxy;
  for (const name of leakingVariables) Reflect.deleteProperty(process.env, name);
  process.env['CONTACT_SHEET_HOME'] = home;
  return () => {
    rmSync(home, { recursive: true, force: true });
  };
}

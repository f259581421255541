import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** What a person's own machine could slip into a test: their keys, proxies, keychain, and where npm was started. */
const foreign = [
  'CONTACT_SHEET_API_KEY',
  'CONTACT_SHEET_PASSPHRASE',
  'DBUS_SESSION_BUS_ADDRESS',
  'INIT_CWD',
  ...['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'].flatMap((name) => [name, name.toLowerCase()]),
];

/** Gives the tests a home of their own that is removed after them, and an environment in which nothing is set. */
export default function setup(): () => void {
  const home = mkdtempSync(path.join(tmpdir(), 'contact-sheet-home-'));
  // npm, which the package's test starts, still needs the way out.
  const proxy = process.env['HTTPS_PROXY'] ?? process.env['https_proxy'];
  if (proxy !== undefined) process.env['npm_config_https_proxy'] ??= proxy;
  for (const name of foreign) Reflect.deleteProperty(process.env, name);
  process.env['CONTACT_SHEET_HOME'] = home;
  return () => {
    rmSync(home, { recursive: true, force: true });
  };
}

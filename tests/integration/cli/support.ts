import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Core } from '../../../main/core.ts';
import type { Cli } from '../../support/cli.ts';
import { must, openTestCore } from '../../support/core.ts';
import { startFakeApi, type FakeApi, type FakeApiSettings } from '../../support/fake-api/fake-api.ts';

/** Long and odd enough that finding it anywhere is no chance. */
export const key = 'k3y.Brand~4f9c-2d7e_1a8b';
/** The key as scripts give it. */
export const withKey = { env: { CONTACT_SHEET_API_KEY: key } } as const;

/** A fake API that ends with the test and lets in this key alone. */
export async function startApi(settings: FakeApiSettings = {}): Promise<FakeApi> {
  const api = await startFakeApi({ key, ...settings });
  onTestFinished(() => api.close());
  return api;
}

/** Adds an account whose key is kept nowhere. */
export async function addAccount(cli: Cli, origin: string, name = 'Brand', user = '1234567'): Promise<void> {
  const args = ['accounts', 'add', '--name', name, '--datacenter', origin, '--user', user, '--vault', 'none'];
  const { code, err } = await cli.run(args);
  if (code !== 0) throw new Error(`The account was not added: ${err}`);
}

/** Every file below a folder that holds the text, in any of the forms in which a key has slipped out before. */
export function filesThatHold(folder: string, text: string): string[] {
  const forms = [text, encodeURIComponent(text), Buffer.from(text).toString('base64').slice(0, -4)];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => forms.some((form) => readFileSync(path).includes(form)));
}

/** The rows that a query gives, as `search --json` prints them. */
export async function searchRows(cli: Cli, query = '*'): Promise<Record<string, unknown>[]> {
  return (await cli.json(['search', query])) as Record<string, unknown>[];
}

/** A core of this process on the command line's own home. */
export function coreOf(cli: Cli): Core {
  return openTestCore({ folders: { data: cli.home, cache: `${cli.home}/cache`, logs: `${cli.home}/logs` } }).core;
}

/** Adds an account whose key this process alone knows; its id. */
export async function addToCore(core: Core, origin: string, name = 'Brand', user = '1234567'): Promise<number> {
  const { id } = must(await core.call('accounts.add', { name, datacenter: origin, userId: user, vault: 'none' }));
  must(await core.call('accounts.lendKey', { id, key }));
  return id;
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Core } from '../../../main/core.ts';
import type { Cli } from '../../support/cli.ts';
import { must, openTestCore } from '../../support/core.ts';
import { startFakeApi, type FakeApi, type FakeApiSettings } from '../../support/fake-api/fake-api.ts';

/** A key long and odd enough that a match anywhere is no coincidence. */
export const key = 'k3y.Brand~4f9c-2d7e_1a8b';
/** The options with the key in the environment, as in scripts. */
export const withKey = { env: { CONTACT_SHEET_API_KEY: key } } as const;

/** Starts a fake API that accepts only this key and ends with the test. */
export async function startApi(settings: FakeApiSettings = {}): Promise<FakeApi> {
  const api = await startFakeApi({ key, ...settings });
  onTestFinished(() => api.close());
  return api;
}

/** Adds an account whose key is not stored. */
export async function addAccount(cli: Cli, origin: string, name = 'Brand', user = '1234567'): Promise<void> {
  const args = ['accounts', 'add', '--name', name, '--datacenter', origin, '--user', user, '--vault', 'none'];
  const { code, err } = await cli.run(args);
  if (code !== 0) throw new Error(`The account was not added: ${err}`);
}

/** Finds the files below a folder that contain the text, plain or in an encoding in which keys have leaked before. */
export function filesThatHold(folder: string, text: string): string[] {
  const forms = [text, encodeURIComponent(text), Buffer.from(text).toString('base64').slice(0, -4)];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => forms.some((form) => readFileSync(path).includes(form)));
}

/** Returns the rows of a query, as printed by `search --json`. */
export async function searchRows(cli: Cli, query = '*'): Promise<Record<string, unknown>[]> {
  return (await cli.json(['search', query])) as Record<string, unknown>[];
}

/** Opens a core in this process on the command line's home. */
export function coreOf(cli: Cli): Core {
  return openTestCore({ folders: { data: cli.home, cache: `${cli.home}/cache`, logs: `${cli.home}/logs` } }).core;
}

/** Adds an account whose key only this process knows; returns its id. */
export async function addToCore(core: Core, origin: string, name = 'Brand', user = '1234567'): Promise<number> {
  const { id } = must(await core.call('accounts.add', { name, datacenter: origin, userId: user, vault: 'none' }));
  must(await core.call('accounts.lendKey', { id, key }));
  return id;
}

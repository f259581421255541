import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { onTestFinished } from 'vitest';
import { createCli, type Cli } from '../../support/cli.ts';
import type { FakeApi, FakeApiSettings } from '../../support/fake-api/fake-api.ts';
import type { FakeImage } from '../../support/fake-api/fake-image.ts';
import { addAccount, startApi, withKey } from './support.ts';

export type Library = { readonly api: FakeApi; readonly cli: Cli };

/** Creates a command line with an account `Brand`, synced with these images. */
export async function openLibrary(
  images: readonly FakeImage[],
  { account = 'Brand', home, ...settings }: Omit<FakeApiSettings, 'library'> & { account?: string; home?: string } = {},
): Promise<Library> {
  const api = await startApi({ ...settings, library: images });
  const cli = createCli(home);
  await addAccount(cli, api.origin, account);
  await syncAll(cli);
  return { api, cli };
}

export async function syncAll(cli: Cli): Promise<void> {
  const { code, err } = await cli.run(['sync'], withKey);
  if (code !== 0) throw new Error(`The sync failed: ${err}`);
}

/** Returns the last event, which must be `done`. */
export function doneOf(events: readonly Record<string, unknown>[]): Record<string, unknown> {
  const last = events.at(-1);
  if (last?.['event'] !== 'done') throw new Error(`The last event is ${JSON.stringify(last)}`);
  return last;
}

export function eventsOf(text: string): Record<string, unknown>[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}

/** Returns the SHA-256 of every file below the folder, by its relative path. */
export function filesIn(folder: string): Record<string, string> {
  const entries = namesIn(folder).map((name) => [name, sha256(readFileSync(join(folder, name)))] as const);
  return Object.fromEntries(entries);
}

export function namesIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

export function sha256(bytes: Uint8Array | string): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export async function hashesOf(images: readonly FakeImage[]): Promise<string[]> {
  return Promise.all(images.map(async ({ file }) => sha256(await file.make())));
}

export type FolderWatch = {
  /** Stops watching; returns the names that ever had a content other than the complete ones. */
  end(): string[];
};

/** Polls the folder: a file with a final name must have one of these contents from the start. */
export function watchFolder(folder: string, whole: ReadonlySet<string>): FolderWatch {
  const bad = new Set<string>();
  const sound = new Set<string>();
  const look = (): void => {
    for (const name of namesIn(folder)) {
      if (name.endsWith('.part') || sound.has(name)) continue;
      if (whole.has(sha256(readFileSync(join(folder, name))))) sound.add(name);
      else bad.add(name);
    }
  };
  const timer = setInterval(look, 3);
  onTestFinished(() => clearInterval(timer));
  return {
    end() {
      clearInterval(timer);
      look();
      return [...bad].sort();
    },
  };
}

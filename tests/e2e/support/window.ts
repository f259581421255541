import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import type { CallOf, OutputOf } from '../../../main/contract/command.ts';
import type { Commands } from '../../../main/contract/commands/commands.ts';
import type { HostCommands } from '../../../main/contract/commands/host.ts';
import type { Transport } from '../../../main/contract/transport.ts';
import { startRig, type RigOptions, type RigProcess } from '../../support/rig/launch-rig.ts';
import type { RigQuestion } from '../../support/rig/messages.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

type AllCommands = Commands & HostCommands;

export type OpenedWindow = RigProcess & {
  readonly home: string;
  /** Returns the values of the app's system calls of this name, oldest first. */
  did(what: string): readonly unknown[];
  /** Returns the dialogs that it opened. */
  questions(): readonly RigQuestion[];
};

type RigSettings = 'hangs' | 'args' | 'screens' | 'theme' | 'languages' | 'packed' | 'platform' | 'bundle';

export type WindowOptions = Partial<Pick<RigOptions, RigSettings>> & {
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** Starts the built app on the rig, for features of the window only. */
export function startWindow(given: WindowOptions = {}): OpenedWindow {
  const { home = temporaryFolder(), env = {}, ...options } = given;
  const { PATH } = process.env;
  const frozen: string[] = [];
  const rig = startRig({
    bundle: join(root, 'dist', 'electron', 'main.js'),
    ...options,
    frozen: (text) => void frozen.push(text),
    environment: { PATH, HOME: home, CONTACT_SHEET_HOME: home, TZ: 'Europe/Berlin', ...env },
  });
  onTestFinished(async () => {
    await rig.kill();
    expect(frozen).toEqual([]);
  });
  return {
    ...rig,
    home,
    did: (what) =>
      rig.messages.flatMap((message) => (message.kind === 'did' && message.what === what ? [message.value] : [])),
    questions: () => rig.messages.flatMap((message) => (message.kind === 'asked' ? [message.options] : [])),
  };
}

type InPage = { readonly bridge: Transport };

/** Calls a command through the page's own bridge; throws its failure. */
export async function ask<K extends keyof AllCommands>(
  page: Page,
  name: K,
  input: CallOf<AllCommands[K]>,
): Promise<OutputOf<AllCommands[K]>> {
  const answer = await page.evaluate(
    ([commandName, value]) => (globalThis as unknown as InPage).bridge.call(commandName, value),
    [name, input] as const,
  );
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value as OutputOf<AllCommands[K]>;
}

/** Adds a sample library and starts a slow batch of its images: 16 files at once, `limitRate` in bytes per second. */
export async function beginDownload(page: Page, destination: string, limitRate: number): Promise<number> {
  const account = await ask(page, 'sample.add', { name: 'Sample', count: 200 });
  await ask(page, 'sync.run', { accountId: account.id });
  const order = { query: '', destination, concurrency: 16, limitRate } as const;
  const { batch } = await ask(page, 'downloads.start', order);
  return batch.id;
}

/** Returns how many files of a batch are done, and the batch's state. */
export async function standOf(page: Page, batchId: number): Promise<{ done: number; state: string }> {
  const batches = await ask(page, 'downloads.list', {});
  const found = batches.find(({ id }) => id === batchId);
  expect(found).toBeDefined();
  return { done: found?.done ?? 0, state: found?.state ?? '' };
}

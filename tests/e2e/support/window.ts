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

type All = Commands & HostCommands;

export type OpenedWindow = RigProcess & {
  readonly home: string;
  /** What the app had the system do, by the name of the function, oldest first. */
  did(what: string): readonly unknown[];
  /** What it asked in dialogs. */
  questions(): readonly RigQuestion[];
};

type RigSettings = 'hangs' | 'args' | 'screens' | 'theme' | 'languages' | 'packed' | 'platform' | 'bundle';

export type WindowOptions = Partial<Pick<RigOptions, RigSettings>> & {
  readonly home?: string;
  readonly env?: Readonly<Record<string, string>>;
};

/** The built app over the rig, for what only a window has. */
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

/** Asks by the page's own bridge; what fails throws. */
export async function ask<K extends keyof All>(page: Page, name: K, input: CallOf<All[K]>): Promise<OutputOf<All[K]>> {
  const answer = await page.evaluate(([asked, value]) => (globalThis as unknown as InPage).bridge.call(asked, value), [
    name,
    input,
  ] as const);
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value as OutputOf<All[K]>;
}

/** A sample library, and a batch of its images that takes its time: 16 files at once, so many bytes a second. */
export async function beginDownload(page: Page, destination: string, limitRate: number): Promise<number> {
  const account = await ask(page, 'sample.add', { name: 'Sample', count: 200 });
  await ask(page, 'sync.run', { accountId: account.id });
  const order = { query: '', destination, concurrency: 16, limitRate } as const;
  const { batch } = await ask(page, 'downloads.start', order);
  return batch.id;
}

/** How many bytes a batch has of the files that are whole, and how many transfers are at work. */
export async function standOf(page: Page, batchId: number): Promise<{ done: number; state: string }> {
  const batches = await ask(page, 'downloads.list', {});
  const found = batches.find(({ id }) => id === batchId);
  expect(found).toBeDefined();
  return { done: found?.done ?? 0, state: found?.state ?? '' };
}

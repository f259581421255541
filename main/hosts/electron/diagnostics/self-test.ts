import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../../../core.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Dispatch } from '../../../dispatch.ts';
import { openShell } from '../app/open-app.ts';
import type { AppDeps } from '../app/app-deps.ts';

const passphrase = 'the words of a test';
const maxMs = 120_000;
const pageTimeoutMs = 20_000;

/**
 * Returns whether this launch is a self-test (`--self-test`), which then uses its own folder, away from anyone's
 * library.
 */
export function prepareSelfTest({ argv, env }: NodeJS.Process): boolean {
  if (!argv.includes('--self-test')) return false;
  const folder = mkdtempSync(join(tmpdir(), 'contact-sheet-self-test-'));
  env['CONTACT_SHEET_HOME'] = folder;
  env['CONTACT_SHEET_PASSPHRASE'] = passphrase;
  process.once('exit', () => {
    // Chromium may still use files in it; the system cleans up its temporary folder.
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      return;
    }
  });
  return true;
}

/**
 * Starts the app as usual, checks what only a complete build has, prints each result and exits, with 0 if all works.
 */
export async function runSelfTest(deps: AppDeps, print: (line: string) => void): Promise<void> {
  const { app } = deps.electron;
  const timer = setTimeout(() => {
    print('✗ the self-test did not end in two minutes');
    app.exit(1);
  }, maxMs);
  const firstCall = Promise.withResolvers<string>();
  let core: Core | undefined;
  const openCore = async (): Promise<Result<Core>> => {
    const opened = await deps.openCore();
    if (!opened.ok) return opened;
    const openedCore = opened.value;
    core = openedCore;
    const onCall = (name: string) => firstCall.resolve(name);
    return ok({ ...openedCore, dispatchWith: (handlers) => withListener(openedCore.dispatchWith(handlers), onCall) });
  };
  const dialog = {
    ...deps.electron.dialog,
    showErrorBox: (title: string, text: string) => print(`✗ ${title}: ${text}`),
  };
  await openShell({ ...deps, openCore, electron: { ...deps.electron, dialog } });
  if (core === undefined) return;
  const passed = await runChecks(core, firstCall.promise, print);
  clearTimeout(timer);
  await core.close();
  app.exit(passed ? 0 : 1);
}

function withListener(dispatch: Dispatch, onCall: (name: string) => void): Dispatch {
  return (name, input) => {
    onCall(name);
    return dispatch(name, input);
  };
}

async function runChecks(core: Core, firstCall: Promise<string>, print: (line: string) => void): Promise<boolean> {
  const checks: readonly (readonly [what: string, check: () => Promise<string>])[] = [
    ['window', () => checkWindow(firstCall)],
    ['library', () => checkLibrary(core)],
    ['passphrase file', () => checkPassphraseFile(core)],
  ];
  let passed = true;
  for (const [what, check] of checks) {
    try {
      print(`✓ ${what}: ${await check()}`);
    } catch (error) {
      passed = false;
      print(`✗ ${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const { what, state, detail } of unwrap(await core.call('doctor.run', {}))) {
    passed &&= state !== 'fails';
    print(`${{ works: '✓', absent: '–', fails: '✗' }[state]} ${what}: ${detail}`);
  }
  return passed;
}

/** Checks that the page has loaded: its script has run, under the security policy, once it calls a command. */
async function checkWindow(firstCall: Promise<string>): Promise<string> {
  const timeout = Promise.withResolvers<never>();
  const timer = setTimeout(() => timeout.reject(new Error('its page was loaded and asked for nothing')), pageTimeoutMs);
  try {
    return `shows the interface, which asked for ${await Promise.race([firstCall, timeout.promise])}`;
  } finally {
    clearTimeout(timer);
  }
}

/** Checks the sample library from its list to a thumbnail: the database, the gate, the search and sharp. */
async function checkLibrary(core: Core): Promise<string> {
  const { id } = unwrap(await core.call('sample.add', { name: 'Self-test', count: 40 }));
  unwrap(await core.call('sync.run', { accountId: id }));
  const { rows, totals } = unwrap(await core.call('catalogue.query', { text: 'ext:jpg,png size:<1mb', take: 1 }));
  const [image] = rows;
  if (image === undefined) throw new Error('the search found nothing');
  const thumbnail = await core.openPicture('thumbnail', { accountId: id, id: image.id }, new AbortController().signal);
  if (!thumbnail.ok) throw new Error(thumbnail.error.message);
  return `${totals.count} found, and a small picture made of ${image.name}`;
}

async function checkPassphraseFile(core: Core): Promise<string> {
  const account = { name: 'Kept', datacenter: 'us', key: 'a-key-of-nobody', vault: 'file' } as const;
  unwrap(await core.call('accounts.add', account));
  unwrap(await core.call('vault.unlock', { tier: 'file', passphrase }));
  return 'keeps a key';
}

function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.message);
}

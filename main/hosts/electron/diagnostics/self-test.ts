import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Core } from '../../../core.ts';
import { ok, type Result } from '../../../domain/result.ts';
import type { Dispatch } from '../../../dispatch.ts';
import { openShell } from '../app/open-app.ts';
import type { AppDeps } from '../app/app-deps.ts';

const passphrase = 'the words of a test';
const longestMs = 120_000;
const pageMs = 20_000;

/** Whether this start is only to try the app, by `--self-test`: then on a folder of its own, far from anybody's library. */
export function prepareSelfTest({ argv, env }: NodeJS.Process): boolean {
  if (!argv.includes('--self-test')) return false;
  const folder = mkdtempSync(join(tmpdir(), 'contact-sheet-self-test-'));
  env['CONTACT_SHEET_HOME'] = folder;
  env['CONTACT_SHEET_PASSPHRASE'] = passphrase;
  process.once('exit', () => {
    // Chromium may still hold what lies in it; the system empties its folder for such things.
    try {
      rmSync(folder, { recursive: true, force: true });
    } catch {
      return;
    }
  });
  return true;
}

/** Starts the app as always, tries what only a whole build can lack, says how each went and ends: with 0 if all works. */
export async function runSelfTest(parts: AppDeps, say: (line: string) => void): Promise<void> {
  const { app } = parts.electron;
  const timer = setTimeout(() => {
    say('✗ the self-test did not end in two minutes');
    app.exit(1);
  }, longestMs);
  const asked = Promise.withResolvers<string>();
  let core: Core | undefined;
  const openCore = async (): Promise<Result<Core>> => {
    const opened = await parts.openCore();
    if (!opened.ok) return opened;
    const opening = opened.value;
    core = opening;
    const heard = (name: string) => asked.resolve(name);
    return ok({ ...opening, dispatchWith: (handlers) => listened(opening.dispatchWith(handlers), heard) });
  };
  const dialog = {
    ...parts.electron.dialog,
    showErrorBox: (title: string, text: string) => say(`✗ ${title}: ${text}`),
  };
  await openShell({ ...parts, openCore, electron: { ...parts.electron, dialog } });
  if (core === undefined) return;
  const passed = await tryAll(core, asked.promise, say);
  clearTimeout(timer);
  await core.close();
  app.exit(passed ? 0 : 1);
}

function listened(dispatch: Dispatch, heard: (name: string) => void): Dispatch {
  return (name, input) => {
    heard(name);
    return dispatch(name, input);
  };
}

async function tryAll(core: Core, asked: Promise<string>, say: (line: string) => void): Promise<boolean> {
  const checks: readonly (readonly [what: string, check: () => Promise<string>])[] = [
    ['window', () => tryWindow(asked)],
    ['library', () => tryLibrary(core)],
    ['passphrase file', () => tryPassphraseFile(core)],
  ];
  let passed = true;
  for (const [what, check] of checks) {
    try {
      say(`✓ ${what}: ${await check()}`);
    } catch (error) {
      passed = false;
      say(`✗ ${what}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  for (const { what, state, detail } of must(await core.call('doctor.run', {}))) {
    passed &&= state !== 'fails';
    say(`${{ works: '✓', absent: '–', fails: '✗' }[state]} ${what}: ${detail}`);
  }
  return passed;
}

/** The page has loaded: its script has run, through the wall, once it asks for something. */
async function tryWindow(asked: Promise<string>): Promise<string> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error('its page was loaded and asked for nothing')), pageMs);
  try {
    return `shows the interface, which asked for ${await Promise.race([asked, late.promise])}`;
  } finally {
    clearTimeout(timer);
  }
}

/** The sample library from its list to a small picture: the database, the gate, the search and sharp. */
async function tryLibrary(core: Core): Promise<string> {
  const { id } = must(await core.call('sample.add', { name: 'Self-test', count: 40 }));
  must(await core.call('sync.run', { accountId: id }));
  const { rows, totals } = must(await core.call('catalogue.query', { text: 'ext:jpg,png size:<1mb', take: 1 }));
  const [image] = rows;
  if (image === undefined) throw new Error('the search found nothing');
  const picture = await core.openPicture('thumbnail', { accountId: id, id: image.id }, new AbortController().signal);
  if (!picture.ok) throw new Error(picture.error.message);
  return `${totals.count} found, and a small picture made of ${image.name}`;
}

async function tryPassphraseFile(core: Core): Promise<string> {
  const account = { name: 'Kept', datacenter: 'us', key: 'a-key-of-nobody', vault: 'file' } as const;
  must(await core.call('accounts.add', account));
  must(await core.call('vault.unlock', { tier: 'file', passphrase }));
  return 'keeps a key';
}

function must<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.message);
}

import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { readAgeFile, sealAgeFile, type OpenedFile } from './age-file.ts';
import { errorCode, writeFailure } from './file-failure.ts';
import { takeFileLock, type FileLock, type LockWait } from './file-lock.ts';
import type { KeyMap } from './key-map.ts';
import type { KeyOpener } from './key-opener.ts';
import { replaceFile, syncFolder } from './replace-file.ts';

export type SharedKeyFile = {
  readonly path: string;
  readonly opener: KeyOpener;
  readonly lockWait: LockWait;
  /** The base-2 logarithm of scrypt's N. */
  readonly workFactor: number;
};

type Contents = { readonly keys: KeyMap; readonly passphrase: string };

/** What the file shall hold; `undefined` leaves it as it is. */
export type Change = (now: Contents) => Contents | undefined;

function busy(path: string): Result<never> {
  return fail(failure('busy', `Another process is changing ${path}. Try again in a moment.`));
}

/** Stores the contents, or removes a file that would hold no key; then its next passphrase can be chosen anew. */
async function store(
  file: SharedKeyFile,
  next: Contents,
  mayReplace: () => Promise<boolean>,
  signal?: AbortSignal,
): Promise<Result<OpenedFile | undefined>> {
  const { path } = file;
  if (next.keys.size === 0) {
    if (!(await mayReplace())) return busy(path);
    await rm(path, { force: true });
    await syncFolder(dirname(path));
    return ok();
  }
  const sealed = await sealAgeFile(next, file.workFactor, signal);
  if (!sealed.ok) return sealed;
  if (!(await replaceFile(path, sealed.value.bytes, mayReplace))) return busy(path);
  const written = await readAgeFile(path);
  if (!written.ok) return written;
  return written.value?.equals(sealed.value.bytes) ? sealed : busy(path);
}

async function updateLocked(
  file: SharedKeyFile,
  change: Change,
  lock: FileLock,
  signal?: AbortSignal,
): Promise<Result<undefined>> {
  const before = await readAgeFile(file.path);
  if (!before.ok) return before;
  // The passphrase is known by now: nobody is asked while other processes wait.
  const now = before.value ? await file.opener.open(before.value, signal) : await emptyContents(file.opener, signal);
  if (!now.ok) return now;
  const next = change(now.value);
  if (next === undefined) return ok();
  const unchanged = async (): Promise<boolean> => {
    const after = await readAgeFile(file.path);
    if (!after.ok || !(await lock.stillHeld())) return false;
    return before.value ? after.value?.equals(before.value) === true : after.value === undefined;
  };
  const stored = await store(file, next, unchanged, signal);
  if (!stored.ok) return stored;
  file.opener.accept(stored.value);
  return ok();
}

async function emptyContents(opener: KeyOpener, signal?: AbortSignal): Promise<Result<Contents>> {
  const passphrase = await opener.choosePassphrase(signal);
  return passphrase.ok ? ok({ keys: new Map(), passphrase: passphrase.value }) : passphrase;
}

/**
 * Changes what is on disk now, whoever wrote it last. A lock file keeps processes apart; as a lock can be lost (a
 * process stopped for half a minute is held for dead), lock and bytes are checked again just before the rename.
 * Calls on one opener must not overlap. An aborted signal rejects with its reason.
 */
export async function updateKeyFile(
  file: SharedKeyFile,
  change: Change,
  signal?: AbortSignal,
): Promise<Result<undefined>> {
  const { path, opener } = file;
  const loaded = await opener.load(signal);
  const ready = loaded.ok && loaded.value === undefined ? await opener.choosePassphrase(signal) : loaded;
  if (!ready.ok) return ready;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const lock = await takeFileLock(`${path}.lock`, file.lockWait, signal);
    if (lock === undefined) return busy(path);
    return await updateLocked(file, change, lock, signal).finally(() => lock.release());
  } catch (error) {
    if (signal?.aborted) throw error;
    return fail(writeFailure(error, path));
  }
}

/** Renames the file, unopened, so that the next key makes a new one with a passphrase of its own. */
export async function setKeyFileAside(
  { path, lockWait }: Pick<SharedKeyFile, 'path' | 'lockWait'>,
  aside: string,
  signal?: AbortSignal,
): Promise<Result<undefined>> {
  try {
    const lock = await takeFileLock(`${path}.lock`, lockWait, signal);
    if (lock === undefined) return busy(path);
    try {
      await rename(path, aside);
      await syncFolder(dirname(path));
    } finally {
      await lock.release();
    }
    return ok();
  } catch (error) {
    if (signal?.aborted) throw error;
    return errorCode(error) === 'ENOENT' ? ok() : fail(writeFailure(error, path));
  }
}

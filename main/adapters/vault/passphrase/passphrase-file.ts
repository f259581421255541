import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { Vault } from '../../../ports/vault.ts';
import { readAgeFile } from './age-file.ts';
import { createSerialQueue } from '../serial-queue.ts';
import { createKeyOpener, type AskPassphrase } from './key-opener.ts';
import { setKeyFileAside, updateKeyFile, type SharedKeyFile } from './shared-key-file.ts';

export type PassphraseFileOptions = {
  readonly path: string;
  readonly passphrase: AskPassphrase;
  readonly clock: Clock;
  /** How long to wait while another process writes; 45 s unless given, as a dead one's lock is taken after 30. */
  readonly lockTimeoutMs?: number;
  /** The base-2 logarithm of scrypt's N, at most 20; age's own 18 unless given. */
  readonly workFactor?: number;
};

export type PassphraseFileVault = Vault & {
  /**
   * Takes the file's passphrase for as long as this process runs; `wrong-passphrase` where it does not open it, and
   * what was known before stays. Where there is no file yet, the first key makes it with this one.
   */
  unlock(passphrase: string, signal?: AbortSignal): Promise<Result<undefined>>;
  /** Whether there is a file. */
  isMade(): Promise<boolean>;
  /** Keeps the file under another name, for whoever has forgotten its passphrase: the next key makes a new one. */
  setAside(signal?: AbortSignal): Promise<Result<undefined>>;
  /** Encrypts the same keys anew; the old passphrase opens the file no more. `vault-missing` where there is no file. */
  changePassphrase(next: string, signal?: AbortSignal): Promise<Result<undefined>>;
};

/** Keys in one file, encrypted with a passphrase in the age format, so that `age --decrypt` opens it too. */
export function createPassphraseFileVault(options: PassphraseFileOptions): PassphraseFileVault {
  const { path, passphrase, clock, lockTimeoutMs = 45_000, workFactor = 18 } = options;
  const lockWait = { timeoutMs: lockTimeoutMs, clock };
  const file = { path, opener: createKeyOpener(path, passphrase), lockWait, workFactor };
  const inTurn = createSerialQueue();
  const run = async <T>(work: () => Promise<Result<T>>, signal: AbortSignal | undefined): Promise<Result<T>> => {
    try {
      return await inTurn(work, signal);
    } catch (error) {
      if (!signal?.aborted) throw error;
      return fail(failure('cancelled', 'Cancelled while the file with your keys was in use.'));
    }
  };
  return {
    read: (uid, signal) => run(() => readKey(file, uid, signal), signal),
    write: (uid, key, signal) => run(() => writeKey(file, uid, key, signal), signal),
    remove: (uid, signal) => run(() => removeKey(file, uid, signal), signal),
    probe: (signal) => run(() => file.opener.probe(signal), signal),
    unlock: (given, signal) => run(() => file.opener.unlock(given, signal), signal),
    async isMade() {
      const read = await readAgeFile(path);
      return !read.ok || read.value !== undefined;
    },
    setAside: (signal) => run(() => setKeyFileAside(file, asideOf(path, clock.now()), signal), signal),
    changePassphrase: (next, signal) => run(() => changePassphrase(file, next, signal), signal),
  };
}

function asideOf(path: string, now: number): string {
  return path.replace(/(\.age)?$/u, `.left-${new Date(now).toISOString().replaceAll(':', '-')}$1`);
}

async function readKey(file: SharedKeyFile, uid: string, signal?: AbortSignal): Promise<Result<string>> {
  const loaded = await file.opener.load(signal);
  if (!loaded.ok) return loaded;
  const key = loaded.value?.keys.get(uid);
  const missing = 'No key for this account is in the file encrypted with your passphrase. Enter it again.';
  return key === undefined ? fail(failure('key-missing', missing)) : ok(key);
}

function writeKey(file: SharedKeyFile, uid: string, key: string, signal?: AbortSignal): Promise<Result<undefined>> {
  return updateKeyFile(
    file,
    ({ keys, passphrase }) => (keys.get(uid) === key ? undefined : { keys: new Map(keys).set(uid, key), passphrase }),
    signal,
  );
}

async function removeKey(file: SharedKeyFile, uid: string, signal?: AbortSignal): Promise<Result<undefined>> {
  const loaded = await file.opener.load(signal);
  if (!loaded.ok) return loaded;
  if (!loaded.value?.keys.has(uid)) return ok();
  return updateKeyFile(
    file,
    ({ keys, passphrase }) => {
      const rest = new Map(keys);
      return rest.delete(uid) ? { keys: rest, passphrase } : undefined;
    },
    signal,
  );
}

async function changePassphrase(file: SharedKeyFile, next: string, signal?: AbortSignal): Promise<Result<undefined>> {
  if (next === '') return fail(failure('bad-input', 'A passphrase needs at least one character.'));
  const loaded = await file.opener.load(signal);
  if (!loaded.ok) return loaded;
  const advice = 'It is made with the first key, and takes its passphrase then.';
  if (loaded.value === undefined) return fail(failure('vault-missing', `There is no file ${file.path} yet. ${advice}`));
  return updateKeyFile(file, ({ keys }) => ({ keys, passphrase: next }), signal);
}

import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { openAgeFile, readAgeFile, type OpenedFile } from './age-file.ts';
import { orAborted } from '../serial-queue.ts';

/**
 * `open`: the file's passphrase. `create`: a new one, so that a slip in typing would stay. `probe`: only what is known
 * without asking a person. Empty or `undefined`: there is none.
 */
export type AskPassphrase = (need: PassphraseNeed, signal?: AbortSignal) => Promise<string | undefined>;
export type PassphraseNeed = 'open' | 'create' | 'probe';

/** Opens the encrypted file at `path`; remembers its passphrase once it worked, and what was in it while it stays as it is. */
export type KeyOpener = {
  /** The file as it is now, `undefined` where there is none; asks for the passphrase where it must. */
  load(signal?: AbortSignal): Promise<Result<OpenedFile | undefined>>;
  /** Opens these bytes of the file without asking anyone. */
  open(bytes: Buffer, signal?: AbortSignal): Promise<Result<OpenedFile>>;
  /** The passphrase that a first file gets. */
  choosePassphrase(signal?: AbortSignal): Promise<Result<string>>;
  /** Whether the file can be opened, or made, without asking a person. */
  probe(signal?: AbortSignal): Promise<Result<undefined>>;
  /** Takes a passphrase that a person gave; one that does not open the file changes nothing. */
  unlock(given: string, signal?: AbortSignal): Promise<Result<undefined>>;
  /** Takes what was just stored, or `undefined` for a file that was removed, in the place of what was known. */
  accept(stored: OpenedFile | undefined): void;
};

const locked = failure(
  'vault-locked',
  'The file with your keys is locked. Enter its passphrase; on the command line, CONTACT_SHEET_PASSPHRASE holds it.',
);

export function createKeyOpener(path: string, askPassphrase: AskPassphrase): KeyOpener {
  let known: OpenedFile | undefined;
  let passphrase: string | undefined;

  async function ask(need: PassphraseNeed, signal?: AbortSignal): Promise<Result<string>> {
    const given = passphrase ?? (await orAborted(askPassphrase(need, signal), signal));
    return given ? ok(given) : fail(locked);
  }

  async function openWith(bytes: Buffer, given: string, signal?: AbortSignal): Promise<Result<OpenedFile>> {
    if (known?.bytes.equals(bytes)) return ok(known);
    const opened = await openAgeFile(path, bytes, given, signal);
    known = opened.ok ? opened.value : undefined;
    if (opened.ok) passphrase = given;
    else if (opened.error.code === 'wrong-passphrase') passphrase = undefined;
    return opened;
  }

  async function load(signal?: AbortSignal): Promise<Result<OpenedFile | undefined>> {
    const read = await readAgeFile(path);
    if (!read.ok) return read;
    if (read.value === undefined) return ok();
    const wasRemembered = passphrase !== undefined;
    const given = await ask('open', signal);
    if (!given.ok) return given;
    const opened = await openWith(read.value, given.value, signal);
    // Another process may have changed the passphrase since: then the new one has to be asked for.
    const outdated = !opened.ok && opened.error.code === 'wrong-passphrase' && wasRemembered;
    return outdated ? load(signal) : opened;
  }

  async function unlock(given: string, signal?: AbortSignal): Promise<Result<undefined>> {
    const read = await readAgeFile(path);
    if (!read.ok) return read;
    const opened = read.value === undefined ? ok() : await openAgeFile(path, read.value, given, signal);
    if (!opened.ok) return opened;
    known = opened.value;
    passphrase = given;
    return ok();
  }

  return {
    load,
    unlock,
    open: (bytes, signal) => openWith(bytes, passphrase ?? '', signal),
    async choosePassphrase(signal) {
      const chosen = await ask('create', signal);
      if (chosen.ok) passphrase = chosen.value;
      return chosen;
    },
    async probe(signal) {
      const read = await readAgeFile(path);
      if (!read.ok) return read;
      const given = await ask('probe', signal);
      if (!given.ok) return given;
      const opened = read.value && (await openWith(read.value, given.value, signal));
      return opened === undefined || opened.ok ? ok() : opened;
    },
    accept(stored) {
      known = stored;
      passphrase = stored?.passphrase;
    },
  };
}

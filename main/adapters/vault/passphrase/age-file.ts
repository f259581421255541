import { readFile } from 'node:fs/promises';
import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { isPassphraseFile, runAge } from './age.ts';
import { errorCode, readFailure } from './file-failure.ts';
import { parseKeyMap, printKeyMap, type KeyMap } from './key-map.ts';

/** The encrypted file as it stood on disk, and what is in it. */
export type OpenedFile = { readonly bytes: Buffer; readonly passphrase: string; readonly keys: KeyMap };

const noMemory = failure(
  'vault-locked',
  'The file with your keys needs 256 MB of memory to open, more than is free here. Close something and try again.',
);

function damaged(path: string): Result<never> {
  const advice = 'Restore it from a backup, or move it away and enter your keys again.';
  return fail(failure('data-damaged', `${path} is damaged, and was left as it is. ${advice}`));
}

/** The encrypted bytes, or `undefined` where there is no file. */
export async function readAgeFile(path: string): Promise<Result<Buffer | undefined>> {
  try {
    const bytes = await readFile(path);
    return isPassphraseFile(bytes) ? ok(bytes) : damaged(path);
  } catch (error) {
    const code = errorCode(error);
    return code === 'ENOENT' || code === 'ENOTDIR' ? ok(undefined) : fail(readFailure(error, path));
  }
}

/** Decrypts what was read at `path`: a second of work, off this thread. */
export async function openAgeFile(
  path: string,
  bytes: Buffer,
  passphrase: string,
  signal?: AbortSignal,
): Promise<Result<OpenedFile>> {
  const reply = await runAge({ verb: 'open', passphrase, bytes }, signal);
  if (reply.outcome === 'no-memory') return fail(noMemory);
  if (reply.outcome === 'wrong-passphrase') {
    return fail(failure('wrong-passphrase', `This passphrase does not open ${path}. Check it and try again.`));
  }
  const keys = reply.outcome === 'opened' ? parseKeyMap(reply.text) : undefined;
  if (keys === 'newer') {
    return fail(failure('newer-data', `${path} was written by a newer Contact Sheet. Update this one to read it.`));
  }
  return keys === undefined ? damaged(path) : ok({ bytes, passphrase, keys });
}

/** Encrypts: a second of work, off this thread. `workFactor` is the base-2 logarithm of scrypt's N. */
export async function sealAgeFile(
  { keys, passphrase }: Omit<OpenedFile, 'bytes'>,
  workFactor: number,
  signal?: AbortSignal,
): Promise<Result<OpenedFile>> {
  const reply = await runAge({ verb: 'seal', passphrase, text: printKeyMap(keys), workFactor }, signal);
  if (reply.outcome === 'sealed') return ok({ bytes: Buffer.from(reply.bytes), passphrase, keys });
  if (reply.outcome === 'no-memory') return fail(noMemory);
  throw new Error(`Encrypting ended as ${reply.outcome}.`);
}

/**
 * A process of its own, for one question: the keychain library blocks its thread while it connects, ignores an abort
 * once a call runs, and a call that waits for an unlock prompt stops even `process.exit`. This one can be killed.
 */
import process from 'node:process';
import type { AsyncEntry } from '@napi-rs/keyring';
import { answerLines } from '../../helpers/answer-lines.ts';
import type { HelperAnswer, HelperRequest } from './keychain-protocol.ts';

type OpenEntry = (uid: string) => AsyncEntry;

async function openEntries(service: string): Promise<OpenEntry | undefined> {
  try {
    const library = await import('@napi-rs/keyring');
    // Without `store` the library falls back to the kernel's keyring in silence, which a restart empties.
    return (uid) => new library.AsyncEntry(service, uid, { linux: { store: 'secret-service' } });
  } catch {
    return undefined;
  }
}

/** A locked or empty store answers a search with nothing, as if there were no key: only storing proves it open. */
async function proveOpen(open: OpenEntry): Promise<void> {
  const trial = open(`probe-${process.pid}`);
  await trial.setPassword('This entry can be deleted.');
  await trial.deleteCredential();
}

async function write(open: OpenEntry, uid: string, key: string): Promise<HelperAnswer> {
  const entry = open(uid);
  await entry.setPassword(key);
  if ((await open(uid).getPassword()) === key) return { outcome: 'done' };
  await entry.deleteCredential();
  return { outcome: 'differs' };
}

async function answerRequest(request: HelperRequest): Promise<HelperAnswer> {
  const open = await openEntries(request.service);
  if (open === undefined) return { outcome: 'unloadable' };
  if (request.verb === 'write') return write(open, request.uid, request.key);
  if (request.verb === 'read') {
    const key = await open(request.uid).getPassword();
    if (key !== null) return { outcome: 'key', key };
    await proveOpen(open);
    return { outcome: 'absent' };
  }
  if (request.verb === 'remove' && (await open(request.uid).deleteCredential())) return { outcome: 'done' };
  await proveOpen(open);
  return { outcome: 'done' };
}

answerLines(async (line) => {
  const request = JSON.parse(line) as HelperRequest;
  const given = await answerRequest(request).catch((error: unknown): HelperAnswer => {
    const words = error instanceof Error ? error.message : '';
    return { outcome: 'refused', words: request.verb === 'write' && words.includes(request.key) ? '' : words };
  });
  return JSON.stringify(given);
});

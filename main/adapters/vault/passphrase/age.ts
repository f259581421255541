import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';

export type AgeWork =
  | { readonly verb: 'seal'; readonly passphrase: string; readonly text: string; readonly workFactor: number }
  | { readonly verb: 'open'; readonly passphrase: string; readonly bytes: Uint8Array };

export type AgeReply =
  | { readonly outcome: 'sealed'; readonly bytes: Uint8Array }
  | { readonly outcome: 'opened'; readonly text: string }
  | { readonly outcome: 'wrong-passphrase' }
  | { readonly outcome: 'damaged' }
  | { readonly outcome: 'no-memory' };

/** Encrypts or decrypts in the age format, off this thread. Rejects with the signal's reason when it is aborted first. */
export function runAge(work: AgeWork, signal?: AbortSignal): Promise<AgeReply> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const url = new URL(`./age-worker${extname(import.meta.url)}`, import.meta.url);
    const worker = new Worker(url, { workerData: work, execArgv: [] });
    const stop = (): void => {
      reject(signal?.reason as Error);
      void worker.terminate();
    };
    signal?.addEventListener('abort', stop, { once: true });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', () => {
      signal?.removeEventListener('abort', stop);
      reject(new Error('The thread that encrypts ended without an answer.'));
    });
  });
}

/** Whether bytes look like a file of one passphrase in the age format; whether they are whole only opening shows. */
export function isPassphraseFile(bytes: Uint8Array): boolean {
  const start = Buffer.from(bytes.subarray(0, 40)).toString('latin1');
  return start.startsWith('age-encryption.org/v1\n-> scrypt ');
}

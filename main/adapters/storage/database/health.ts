import { once } from 'node:events';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { fromThrown, type ThrownError } from '../../../domain/thrown-error.ts';
import type { Database } from './database.ts';

export type CheckAnswer = { readonly complaint: string | undefined } | { readonly error: ThrownError };

/** SQLite's own check of both files in the folder: its complaint, or undefined where they are sound. */
export async function checkDatabase(folder: string): Promise<string | undefined> {
  const url = new URL(`./check-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(url, { workerData: folder, execArgv: [] });
  const [answer] = (await once(worker, 'message')) as [CheckAnswer];
  if ('error' in answer) throw fromThrown(answer.error);
  return answer.complaint;
}

export function sqliteVersion({ connection }: Database): string {
  return String(connection.prepare('SELECT sqlite_version() AS version').get()?.['version']);
}

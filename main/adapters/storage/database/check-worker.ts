/** A thread that lets SQLite check both files: that can't be done in turns, and takes seconds where they are large. */
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { parentPort, workerData } from 'node:worker_threads';
import { toThrown } from '../../../domain/thrown-error.ts';
import type { CheckAnswer } from './health.ts';

function check(folder: string): string | undefined {
  for (const name of ['catalogue.sqlite', 'library.sqlite']) {
    const connection = new DatabaseSync(join(folder, name), { readOnly: true, timeout: 10_000 });
    try {
      const answer = connection.prepare('PRAGMA quick_check(1)').get()?.['quick_check'];
      if (answer !== 'ok') return String(answer);
    } finally {
      connection.close();
    }
  }
  return undefined;
}

function answer(): CheckAnswer {
  try {
    return { complaint: check(String(workerData)) };
  } catch (error) {
    return { error: toThrown(error) };
  }
}

parentPort?.postMessage(answer());

import { onTestFinished } from 'vitest';
import { openDatabase, type OpenedDatabase } from '../../main/adapters/storage/database/open.ts';

/** Opens the two real database files in a folder, closed when the test finishes. */
export function openTestDatabase(folder: string, now: () => number = Date.now): OpenedDatabase {
  const opened = openDatabase(folder, now);
  if (!opened.ok) throw new Error(opened.error.message);
  onTestFinished(() => {
    if (opened.value.connection.isOpen) opened.value.close();
  });
  return opened.value;
}

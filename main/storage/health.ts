import type { Database } from './database.ts';

/** SQLite's own check of both files: its complaint, or undefined where they are sound. */
export function checkDatabase({ connection }: Database): string | undefined {
  for (const schema of ['main', 'own']) {
    const answer = connection.prepare(`PRAGMA ${schema}.quick_check(1)`).get()?.['quick_check'];
    if (answer !== 'ok') return String(answer);
  }
  return undefined;
}

export function sqliteVersion({ connection }: Database): string {
  return String(connection.prepare('SELECT sqlite_version() AS version').get()?.['version']);
}

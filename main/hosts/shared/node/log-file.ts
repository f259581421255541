import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { printable } from '../../../domain/text/printable.ts';
import type { Log } from '../../../ports/log.ts';

const maxBytes = 2 * 1024 * 1024;

/**
 * Appends one JSON line per call to `contact-sheet.log`; over 2 MB the file becomes `contact-sheet.old.log`. A log that
 * can't be written causes no failure.
 */
export function createLogFile(folder: string, redact: (text: string) => string, now: () => number): Log {
  const path = join(folder, 'contact-sheet.log');
  let ready = false;
  return (level, message, details = {}) => {
    if (level === 'debug') return;
    const time = new Date(now()).toISOString();
    try {
      if (!ready) mkdirSync(folder, { recursive: true, mode: 0o700 });
      ready = true;
      if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > maxBytes) {
        renameSync(path, join(folder, 'contact-sheet.old.log'));
      }
      const line = printable(redact(JSON.stringify({ time, level, message, ...details })));
      appendFileSync(path, `${line}\n`, { mode: 0o600 });
    } catch {
      // The disk is full or read-only: the code that needs it reports that.
    }
  };
}

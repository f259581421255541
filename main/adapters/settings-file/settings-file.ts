import { renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type Conf from 'conf';
import { failure, type Failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import type { SettingsFields, SettingsFile } from '../../ports/settings.ts';

export type SettingsFileOptions = {
  /** `settings.json` is in it. */
  readonly folder: string;
  /** Runs work while no other process does. */
  readonly exclusively: <T>(work: () => T) => T;
  /** ms since the epoch. */
  readonly now: () => number;
};

/**
 * Settings in a JSON file. Every write reads the file again first, with other processes held off, so that of two that
 * change the same field the later counts, and of two that change different fields both do. A file that is no JSON
 * object is set aside, and the settings begin anew.
 */
export function createSettingsFile({ folder, exclusively, now }: SettingsFileOptions): SettingsFile {
  const path = join(folder, 'settings.json');
  let notice: string | null = null;
  let opened: Conf | undefined;
  const open = (Store: typeof Conf) => {
    opened ??= new Store({
      ...{ cwd: folder, configName: 'settings', accessPropertiesByDotNotation: false },
      ...{ configFileMode: 0o600, deserialize: readObject },
    });
    return opened;
  };
  const setAside = () => {
    const aside = join(folder, `settings.damaged-${new Date(now()).toISOString().replaceAll(':', '-')}.json`);
    renameSync(path, aside);
    notice = `Your settings could not be read, so the usual ones are in force. The damaged file was kept as ${aside}.`;
  };
  const mendThen = <T>(Store: typeof Conf, act: (store: Conf) => T): T =>
    exclusively(() => {
      try {
        return act(open(Store));
      } catch (error) {
        if (!(error instanceof SyntaxError)) throw error;
        setAside();
        return act(open(Store));
      }
    });
  // Every picture that is shown asks whether it may be fetched: a file that stands as it was is not read again.
  let last: { readonly stamp: string; readonly fields: SettingsFields } | undefined;
  const readAll = (store: Conf): SettingsFields => {
    const stamp = stampOf(path);
    if (last?.stamp !== stamp) last = { stamp, fields: { ...store.store } };
    return last.fields;
  };
  const run = async <T>(act: (Store: typeof Conf) => T): Promise<Result<T>> => {
    // The library takes a tenth of a second to load: only who asks for settings pays for it.
    const { default: Store } = await import('conf');
    try {
      return ok(act(Store));
    } catch (error) {
      return fail(explain(error, path));
    }
  };
  return {
    read: () =>
      run((Store) => {
        try {
          return readAll(open(Store));
        } catch (error) {
          if (!(error instanceof SyntaxError)) throw error;
          return mendThen(Store, readAll);
        }
      }),
    change: (decide) =>
      run((Store) =>
        mendThen(Store, (store) => {
          store.set({ ...decide({ ...store.store }) });
          return { ...store.store };
        }),
      ),
    notice: () => notice,
  };
}

/** Every write makes a new file, so it changes with each. */
function stampOf(path: string): string {
  const status = statSync(path, { throwIfNoEntry: false, bigint: true });
  return status === undefined ? '' : `${status.ino} ${status.mtimeNs} ${status.size}`;
}

function readObject(text: string): Record<string, unknown> {
  const value: unknown = JSON.parse(text);
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new SyntaxError('The settings are no JSON object.');
}

function explain(error: unknown, path: string): Failure {
  const code = error instanceof Error && 'syscall' in error && 'code' in error ? String(error.code) : undefined;
  if (code === undefined) throw error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return failure('disk-full', `The disk has no room left for ${path}. Free some space and try again.`);
  }
  return failure('not-writable', `${path} can’t be used (${code}). Allow it in the permissions of its folder.`);
}

import type { UpdateView } from '../../contract/commands/updates.ts';
import { failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { nextUpdate, noUpdateYet, type Update, type UpdateEvent } from '../../domain/update.ts';
import type { Log } from '../../ports/log.ts';
import type { Updates } from '../../ports/update-source.ts';
import type { LastLook } from './last-look.ts';

export type UpdateDeps = {
  readonly updates: Updates;
  /** This version. */
  readonly version: string;
  readonly lastLook: LastLook;
  readonly now: () => number;
  readonly log: Log;
  /** Whether files are being downloaded, which an update must not end. */
  readonly isBusy: () => boolean;
  readonly changed: (view: UpdateView) => void;
};

export type UpdateService = {
  state(): Promise<UpdateView>;
  /** `quietly`: a server that can't be reached is no failure. */
  check(quietly?: boolean): Promise<Result<UpdateView>>;
  download(): Promise<Result<UpdateView>>;
  install(): Promise<Result<UpdateView>>;
};

/** The app's own updates: each step is asked for by a person, and none is taken twice. */
export function createUpdateService(deps: UpdateDeps): UpdateService {
  const { updates, changed, log, now, lastLook } = deps;
  let update: Update = 'absent' in updates ? { ...noUpdateYet, state: 'absent', message: updates.absent } : noUpdateYet;
  const view = (): UpdateView => ({ ...update, version: deps.version });
  const take = (event: UpdateEvent): boolean => {
    const next = nextUpdate(update, event);
    if (next === undefined) return false;
    update = next;
    changed(view());
    return true;
  };
  const failed = (message: string) => {
    log('warn', 'an update failed', { message });
    take({ kind: 'failed', message });
  };
  let remembered: Promise<void> | undefined;
  const remember = () =>
    (remembered ??= lastLook.read().then((at) => {
      update = { ...update, checkedAt: update.checkedAt ?? at };
    }));
  const looked = async (event: UpdateEvent & { readonly at: number }) => {
    take(event);
    await lastLook.write(event.at);
  };
  return {
    async state() {
      if (!('absent' in updates)) await remember();
      return view();
    },
    async check(quietly = false) {
      if ('absent' in updates || !take({ kind: 'check' })) return ok(view());
      const found = await updates.check();
      if (!found.ok && quietly) {
        log('info', 'nobody told of a newer version', { message: found.error.message });
        take({ kind: 'unheard' });
      } else if (!found.ok) failed(found.error.message);
      else if (found.value === undefined) await looked({ kind: 'current', at: now() });
      else await looked({ kind: 'found', offer: found.value, at: now() });
      return ok(view());
    },
    async download() {
      if ('absent' in updates || !take({ kind: 'download' })) return ok(view());
      // It takes minutes: the answer does not wait for it.
      void updates
        .download((fraction) => void take({ kind: 'progress', fraction }))
        .then((brought) => (brought.ok ? void take({ kind: 'downloaded' }) : failed(brought.error.message)));
      return ok(view());
    },
    async install() {
      if ('absent' in updates || nextUpdate(update, { kind: 'install' }) === undefined) return ok(view());
      if (deps.isBusy()) {
        const message = 'Files are being downloaded. Install the update when they are done, or pause them first.';
        return fail(failure('busy', message));
      }
      take({ kind: 'install' });
      const installed = await updates.install();
      if (!installed.ok) failed(installed.error.message);
      return ok(view());
    },
  };
}

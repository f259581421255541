import { createPathCheck } from './composition/check-paths.ts';
import type { Base, CoreDeps } from './composition/core-deps.ts';
import { createAdapters, type Adapters } from './composition/create-adapters.ts';
import { createHandlers } from './composition/create-handlers.ts';
import { createServices } from './composition/create-services.ts';
import { createExplain } from './composition/explain-error.ts';
import { followOthers } from './composition/follow-others.ts';
import type { CommandLineClient } from './contract/client.ts';
import type { Handlers } from './contract/command.ts';
import { commands } from './contract/commands/commands.ts';
import { commandLineCommands } from './contract/commands/exports.ts';
import { hostCommands, type HostCommands } from './contract/commands/host.ts';
import { createDispatch, createNotHere, reportBug, type Dispatch } from './dispatch.ts';
import { cleanKey } from './domain/account/pasted-account.ts';
import { ok, type Result } from './domain/result.ts';
import type { Theme } from './domain/settings.ts';
import { createEvents, type Events } from './events.ts';
import { createCommandLineCommands } from './features/exports/export-commands.ts';
import type { Folders } from './ports/folders.ts';
import { redact } from './adapters/remote/redact/redact.ts';
import { openDatabase, type OpenedDatabase } from './adapters/storage/database/open.ts';
import { createOutsideChanges } from './adapters/storage/database/outside-changes.ts';
import { closeToOthers } from './adapters/storage/database/private-files.ts';
import { inTimeSlices } from './adapters/storage/database/time-slices.ts';
import type { OpenImageFile, Thumbnails } from './features/thumbnails/thumbnail-service.ts';

export type Core = {
  /** Command-line commands fail with `not-permitted` if the core runs in another thread, which serves pages. */
  readonly call: CommandLineClient;
  /** Answers `not-here` to host-only commands. */
  readonly dispatch: Dispatch;
  /** Adds the host-only commands, for the host that has them. */
  readonly dispatchWith: (handlers: Handlers<HostCommands>) => Dispatch;
  readonly events: Events;
  /** Returns the path of an image file, fetched or made if needed; hosts send it to their pages. */
  readonly openPicture: OpenImageFile;
  readonly folders: Folders;
  /** Repairs made at startup, as sentences for the user. */
  readonly notices: readonly string[];
  /** The theme for a page's first paint. */
  theme(): Promise<Theme>;
  /** Reads the search index, so that the first query finds it ready. */
  warm(): void;
  /** Logs a bug and returns its reference in the log. */
  report(error: unknown): string;
  /** Stops running work so that it can be resumed, and releases everything. */
  close(): Promise<void>;
};

/** Creates the whole core; fetches nothing and reads no key yet. */
export function createCore(deps: CoreDeps): Result<Core> {
  const database = openDatabase(deps.folders.data, deps.clock.now, deps.version);
  if (!database.ok) return database;
  const notices = [...database.value.notices, ...describeOpen(closeToOthers(deps.folders))];
  return ok(assemble(deps, { ...database.value, notices }));
}

/** Returns a notice about paths that stay open to other users; empty if there are none. */
function describeOpen(paths: readonly string[]): readonly string[] {
  const [first, ...more] = paths;
  if (first === undefined) return [];
  const which = more.length === 0 ? first : `${first} and ${more.length} more paths`;
  return [
    `Other users of this computer can open ${which}, and this can’t be changed from here. Keep your data in a folder that is yours alone: CONTACT_SHEET_HOME names it.`,
  ];
}

function assemble(deps: CoreDeps, database: OpenedDatabase): Core {
  const environmentKey = deps.environment['CONTACT_SHEET_API_KEY'];
  const keys = new Set(environmentKey === undefined ? [] : [cleanKey(environmentKey)]);
  const log = deps.createLog((text) => redact(text, [...keys]));
  let follow: (isWanted: boolean) => void = () => undefined;
  const events = createEvents(undefined, (hasListeners) => follow(hasListeners));
  const base = { deps, database, log, keys, events, closing: new AbortController() };
  const adapters = createAdapters(base);
  const services = createServices(base, adapters);
  const changes = createOutsideChanges(database);
  follow = followOthers({ changes, events, log, refreshSettings: services.settings.refresh });
  const explain = createExplain(database, deps.folders.data);
  const handlers = createHandlers(base, adapters, services);
  const startupWork = Promise.all([tidy(adapters, base), measureAgain(services.thumbnails, base)]);
  const notHere = createNotHere(hostCommands, commandLineCommands);
  const check = createPathCheck(deps.platform);
  const dispatch = createDispatch(commands, handlers, { log, explain, check, otherwise: notHere });
  const commandLineHandlers = createCommandLineCommands(services.exports);
  return {
    // The dispatch parses input, and its handlers are typed by the same table.
    call: createDispatch(commandLineCommands, commandLineHandlers, {
      log,
      explain,
      check,
      otherwise: dispatch,
    }) as CommandLineClient,
    dispatch,
    dispatchWith: (hostHandlers) => createDispatch(hostCommands, hostHandlers, { log, explain, otherwise: dispatch }),
    events,
    openPicture: services.thumbnails.open,
    folders: deps.folders,
    notices: database.notices,
    theme: services.settings.theme,
    warm: services.engine.warm,
    report: (error) => reportBug(log, error),
    async close() {
      follow(false);
      base.closing.abort();
      services.sync.cancelAll();
      // Pending images are no longer needed.
      adapters.endPictureHelpers();
      const { sync, downloads, thumbnails, exports } = services;
      await Promise.all([sync.idle(), downloads.close(), thumbnails.close(), exports.close(), startupWork]);
      await services.engine.close();
      await adapters.gate.close();
      await adapters.sampleHost.close();
      events.flush();
      database.close();
    },
  };
}

/** Corrects sizes of an earlier version; retries at a later start on failure. */
async function measureAgain(thumbnails: Thumbnails, { log, closing }: Base): Promise<void> {
  try {
    await thumbnails.measureAgain(closing.signal);
  } catch (error) {
    log('warn', 'sizes of an earlier version could not be corrected', { error: String(error) });
  }
}

/** Finishes erasing accounts; retries at another start, as after a full disk. */
async function tidy({ accountStore }: Adapters, { log, closing }: Base): Promise<void> {
  try {
    await inTimeSlices(accountStore.eraseUnfinished(), closing.signal);
  } catch (error) {
    log('warn', 'what is left of erased accounts could not be removed', { error: String(error) });
  }
}

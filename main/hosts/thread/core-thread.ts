import { randomUUID } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import type { Client } from '../../contract/client.ts';
import { hostCommands } from '../../contract/host.ts';
import type { Core } from '../../core.ts';
import { createDispatch, unexpected, type Dispatch } from '../../dispatch.ts';
import { failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import { createEvents } from '../../events.ts';
import type { Log } from '../../ports/log.ts';
import type { CoreVerbs, HostVerbs } from './core-messages.ts';
import { createNearHelpers } from './far-helpers.ts';
import { answerUpdates } from './far-updates.ts';
import { createLine, type Line, type LineMessage } from './line.ts';
import { startThread, type CoreThreadParts } from './start-thread.ts';

/** What letting go may take before the thread is ended all the same; what is cut off then goes on later, as after a kill. */
const closeMs = 20_000;

const isEnding = failure('cancelled', 'Contact Sheet is ending.');

type Thread = {
  readonly worker: Worker;
  readonly line: Line<CoreVerbs>;
  readonly ended: Promise<void>;
  state: 'open' | 'closing' | 'lost';
};

/**
 * Starts the core in a thread of its own and answers as it would itself, so that nothing that it does holds up the
 * host. Fails as it does where it can't open. Should the thread end by itself, which is a bug, `lost` is told, once; who
 * waits for an answer gets `internal`, and the host has to end.
 */
export async function openCoreThread(parts: CoreThreadParts): Promise<Result<Core>> {
  const worker = await startThread(parts);
  const events = createEvents();
  const opening = Promise.withResolvers<Result<readonly string[]>>();
  const helpers = createNearHelpers(parts.startHelper, () => line);
  const line: Line<CoreVerbs> = createLine<CoreVerbs, HostVerbs>((message) => worker.postMessage(message), {
    opened: opening.resolve,
    event: ({ revision: _theirs, ...body }) => events.publish(body),
    proxyFor: async (url) => parts.systemProxy?.(url),
    ...helpers.answers,
    ...answerUpdates(parts.updates, () => line),
  });
  const ended = Promise.withResolvers<void>();
  const thread: Thread = { worker, line, ended: ended.promise, state: 'open' };
  let reason: unknown;
  worker.on('message', (message: LineMessage) => line.receive(message));
  worker.on('error', (error) => (reason = error));
  worker.on('exit', (code) => {
    const error = reason instanceof Error ? reason : new Error(`The core’s thread ended by itself (${code}).`);
    helpers.killAll();
    const wasOpen = thread.state === 'open';
    if (wasOpen) thread.state = 'lost';
    line.cut(error);
    opening.reject(error);
    ended.resolve();
    if (wasOpen && isOpened) parts.lost(error);
  });
  let isOpened = false;
  const opened = await opening.promise;
  isOpened = opened.ok;
  return opened.ok ? ok(assemble(parts, thread, { events, notices: opened.value })) : opened;
}

function assemble(parts: CoreThreadParts, thread: Thread, { events, notices }: Pick<Core, 'events' | 'notices'>): Core {
  const { line } = thread;
  const log: Log = (level, message, details) =>
    thread.state === 'lost' ? parts.log(level, message, details) : line.tell('log', { level, message, details });
  const report = (error: unknown): string => {
    const reference = randomUUID().slice(0, 8);
    log('error', 'an unexpected error', { reference, error: error instanceof Error ? error.stack : String(error) });
    return reference;
  };
  const dispatch: Dispatch = async (name, input) => {
    if (thread.state === 'closing') return fail(isEnding);
    try {
      return await line.ask('call', { name, input });
    } catch (error) {
      return fail(isClosing(thread) ? isEnding : unexpected(report(error)));
    }
  };
  return {
    // The core's dispatch parses what comes, and its handlers are typed by the same table.
    call: dispatch as Client,
    dispatch,
    dispatchWith: (own) => createDispatch(hostCommands, own, { log, explain: () => undefined, otherwise: dispatch }),
    ...{ events, notices, report, folders: parts.folders },
    async openPicture(size, key, signal) {
      try {
        return await line.ask('openPicture', { size, key }, signal);
      } catch {
        return fail({ code: 'unavailable', message: 'Contact Sheet is ending.', canRetry: true, retryAt: null });
      }
    },
    theme: () => line.ask('theme', undefined),
    warm: () => line.tell('warm', undefined),
    report,
    close: () => close(thread, log, events),
  };
}

function isClosing({ state }: Thread): boolean {
  return state === 'closing';
}

async function close(thread: Thread, log: Log, events: Core['events']): Promise<void> {
  const { worker, line, ended } = thread;
  if (thread.state !== 'open') return ended;
  thread.state = 'closing';
  const timer = setTimeout(() => {
    log('warn', 'the core was ended before it had let go of everything');
    void worker.terminate();
  }, closeMs);
  // Ended before it could answer, it has let go as well.
  await line.ask('close', undefined).catch(() => undefined);
  clearTimeout(timer);
  events.flush();
  await worker.terminate();
  await ended;
}

import type { Worker } from 'node:worker_threads';
import type { CommandLineClient } from '../../../contract/client.ts';
import { hostCommands } from '../../../contract/commands/host.ts';
import type { Core } from '../../../core.ts';
import { createDispatch, reportBug, unexpected, type Dispatch } from '../../../dispatch.ts';
import { failure } from '../../../domain/failure.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { createEvents } from '../../../events.ts';
import type { Log } from '../../../ports/log.ts';
import type { CoreVerbs, HostVerbs } from './core-messages.ts';
import { createNearHelpers } from './helper-proxy.ts';
import { answerUpdates } from './update-proxy.ts';
import { createRpcChannel, type RpcChannel, type RpcMessage } from './rpc-channel.ts';
import { startThread, type CoreThreadDeps } from './start-thread.ts';

/** What is cut off then goes on later, as after a kill. */
const usualCloseMs = 20_000;

const isEnding = failure('cancelled', 'Contact Sheet is ending.');

type Thread = {
  readonly worker: Worker;
  readonly line: RpcChannel<CoreVerbs>;
  /** Rejects where it ended by itself before it could say. */
  readonly opened: Promise<Result<readonly string[]>>;
  readonly ended: Promise<unknown>;
  state: 'opening' | 'open' | 'closing' | 'closed' | 'lost';
};

/**
 * Starts the core in a thread of its own and answers as it would itself, so that nothing that it does holds up the
 * host. Fails as it does where it can't open. Should the thread end by itself later, which is a bug, `lost` is told,
 * once; who waits for an answer gets `internal`, and the host has to end.
 */
export async function openCoreThread(parts: CoreThreadDeps): Promise<Result<Core>> {
  // Those that listen can do so once the thread is open.
  const events = createEvents(undefined, (isHeard) => thread.line.tell('listen', isHeard));
  const thread: Thread = join(parts, startThread(parts), events);
  const opened = await thread.opened;
  if (!opened.ok) return opened;
  thread.state = 'open';
  return ok(assemble(parts, thread, { events, notices: opened.value }));
}

/** The host's end of the line to a thread that was just started. */
function join(parts: CoreThreadDeps, worker: Worker, events: Core['events']): Thread {
  const opened = Promise.withResolvers<Result<readonly string[]>>();
  const ended = Promise.withResolvers<undefined>();
  const helpers = createNearHelpers(parts.startHelper, () => line);
  const line: RpcChannel<CoreVerbs> = createRpcChannel<CoreVerbs, HostVerbs>((message) => worker.postMessage(message), {
    opened: opened.resolve,
    event: ({ revision: _theirs, ...body }) => events.publish(body),
    proxyFor: async (url) => parts.systemProxy?.(url),
    ...helpers.answers,
    ...answerUpdates(parts.updates, () => line),
  });
  const thread: Thread = { worker, line, opened: opened.promise, ended: ended.promise, state: 'opening' };
  let reason: unknown;
  worker.on('message', (message: RpcMessage) => line.receive(message));
  worker.on('error', (error) => {
    reason = error;
  });
  worker.on('exit', (code) => {
    const error = reason instanceof Error ? reason : new Error(`The core’s thread ended by itself (${code}).`);
    const { state } = thread;
    thread.state = state === 'closing' ? 'closed' : 'lost';
    helpers.killAll();
    line.cut(error);
    opened.reject(error);
    ended.resolve(undefined);
    if (state === 'open') parts.lost(error);
  });
  return thread;
}

function assemble(parts: CoreThreadDeps, thread: Thread, { events, notices }: Pick<Core, 'events' | 'notices'>): Core {
  const { line } = thread;
  const log: Log = (level, message, details) =>
    thread.state === 'open' || thread.state === 'closing'
      ? line.tell('log', { level, message, details })
      : parts.log(level, message, details);
  const report = (error: unknown): string => reportBug(log, error);
  const dispatch: Dispatch = async (name, input) => {
    if (isClosing(thread)) return fail(isEnding);
    try {
      return await line.ask('call', { name, input });
    } catch (error) {
      return fail(isClosing(thread) ? isEnding : unexpected(report(error)));
    }
  };
  return {
    // The core's dispatch parses what comes, and its handlers are typed by the same table.
    call: dispatch as CommandLineClient,
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
    close: () => close(parts, thread, events),
  };
}

function isClosing({ state }: Thread): boolean {
  return state === 'closing' || state === 'closed';
}

async function close(parts: CoreThreadDeps, thread: Thread, events: Core['events']): Promise<void> {
  const { worker, line, ended } = thread;
  if (thread.state === 'open') {
    thread.state = 'closing';
    const cut = new AbortController();
    const timer = setTimeout(() => {
      cut.abort();
      parts.log('warn', 'the core was ended before it had let go of everything');
      void worker.terminate();
    }, parts.closeMs ?? usualCloseMs);
    try {
      await line.ask('close', undefined);
    } catch (error) {
      if (!cut.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      events.flush();
      await worker.terminate();
    }
  }
  await ended;
}

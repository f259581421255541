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

/** Work that is cut off then resumes later, as after a kill. */
const defaultCloseMs = 20_000;

const endingFailure = failure('cancelled', 'Contact Sheet is ending.');

type Thread = {
  readonly worker: Worker;
  readonly channel: RpcChannel<CoreVerbs>;
  /** Rejects if the thread exits before it reports. */
  readonly opened: Promise<Result<readonly string[]>>;
  readonly ended: Promise<unknown>;
  state: 'opening' | 'open' | 'closing' | 'closed' | 'lost';
};

/**
 * Starts the core in its own thread behind the same interface, so that its work never blocks the host. Fails if the
 * core cannot open. If the thread exits by itself later, which is a bug, `lost` is called once, pending calls get
 * `internal`, and the host has to quit.
 */
export async function openCoreThread(deps: CoreThreadDeps): Promise<Result<Core>> {
  // Listeners are added only once the thread is open.
  const events = createEvents(undefined, (hasListeners) => thread.channel.tell('listen', hasListeners));
  const thread: Thread = connect(deps, startThread(deps), events);
  const opened = await thread.opened;
  if (!opened.ok) return opened;
  thread.state = 'open';
  return ok(assemble(deps, thread, { events, notices: opened.value }));
}

/** Connects the host to a thread that was just started. */
function connect(deps: CoreThreadDeps, worker: Worker, events: Core['events']): Thread {
  const opened = Promise.withResolvers<Result<readonly string[]>>();
  const ended = Promise.withResolvers<undefined>();
  const helpers = createNearHelpers(deps.startHelper, () => channel);
  const channel: RpcChannel<CoreVerbs> = createRpcChannel<CoreVerbs, HostVerbs>(
    (message) => worker.postMessage(message),
    {
      opened: opened.resolve,
      event: ({ revision: _theirs, ...body }) => events.publish(body),
      proxyFor: async (url) => deps.systemProxy?.(url),
      ...helpers.answers,
      ...answerUpdates(deps.updates, () => channel),
    },
  );
  const thread: Thread = { worker, channel, opened: opened.promise, ended: ended.promise, state: 'opening' };
  let reason: unknown;
  worker.on('message', (message: RpcMessage) => channel.receive(message));
  worker.on('error', (error) => {
    reason = error;
  });
  worker.on('exit', (code) => {
    const error = reason instanceof Error ? reason : new Error(`The core’s thread ended by itself (${code}).`);
    const { state } = thread;
    thread.state = state === 'closing' ? 'closed' : 'lost';
    helpers.killAll();
    channel.cut(error);
    opened.reject(error);
    ended.resolve(undefined);
    if (state === 'open') deps.lost(error);
  });
  return thread;
}

function assemble(deps: CoreThreadDeps, thread: Thread, { events, notices }: Pick<Core, 'events' | 'notices'>): Core {
  const { channel } = thread;
  const log: Log = (level, message, details) =>
    thread.state === 'open' || thread.state === 'closing'
      ? channel.tell('log', { level, message, details })
      : deps.log(level, message, details);
  const report = (error: unknown): string => reportBug(log, error);
  const dispatch: Dispatch = async (name, input) => {
    if (isClosing(thread)) return fail(endingFailure);
    try {
      return await channel.ask('call', { name, input });
    } catch (error) {
      return fail(isClosing(thread) ? endingFailure : unexpected(report(error)));
    }
  };
  return {
    // The core's dispatch parses input, and its handlers are typed by the same table.
    call: dispatch as CommandLineClient,
    dispatch,
    dispatchWith: (handlers) =>
      createDispatch(hostCommands, handlers, { log, explain: () => undefined, otherwise: dispatch }),
    events,
    notices,
    report,
    folders: deps.folders,
    async openPicture(size, key, signal) {
      try {
        return await channel.ask('openPicture', { size, key }, signal);
      } catch {
        return fail({ code: 'unavailable', message: 'Contact Sheet is ending.', canRetry: true, retryAt: null });
      }
    },
    theme: () => channel.ask('theme', undefined),
    warm: () => channel.tell('warm', undefined),
    close: () => close(deps, thread, events),
  };
}

function isClosing({ state }: Thread): boolean {
  return state === 'closing' || state === 'closed';
}

async function close(deps: CoreThreadDeps, thread: Thread, events: Core['events']): Promise<void> {
  const { worker, channel, ended } = thread;
  if (thread.state === 'open') {
    thread.state = 'closing';
    const timeout = new AbortController();
    const timer = setTimeout(() => {
      timeout.abort();
      deps.log('warn', 'the core was ended before it had let go of everything');
      void worker.terminate();
    }, deps.closeMs ?? defaultCloseMs);
    try {
      await channel.ask('close', undefined);
    } catch (error) {
      if (!timeout.signal.aborted) throw error;
    } finally {
      clearTimeout(timer);
      events.flush();
      await worker.terminate();
    }
  }
  await ended;
}

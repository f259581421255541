import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { failure } from '../../domain/failure.ts';
import { fail, type Result } from '../../domain/result.ts';
import { fromThrown } from '../../domain/thrown-error.ts';
import type {
  SearchReply,
  SearchRequest,
  SearchVerb,
  SearchVerbs,
} from '../../adapters/search/engine/search-messages.ts';

/** What the thread has to know, as it crosses to it. */
export type SearchThreadData = {
  readonly dataFolder: string;
  readonly cacheFolder: string;
  /** Of the program: a cache of another one is not read. */
  readonly version: string;
  /** Fewer images are sooner read anew than from a cache. */
  readonly cachedFrom: number;
  /** Its handles come after this one, so that none of an earlier thread names anything of this one's. */
  readonly lastHandle: number;
};

export type SearchConnectionDeps = Omit<SearchThreadData, 'cachedFrom' | 'lastHandle'> & {
  readonly cachedFrom?: number;
  readonly now: () => number;
  /** It ended by itself, and was started again. */
  readonly restarted: (error: unknown) => void;
};

export type SearchConnection = {
  warm(): void;
  ask<V extends SearchVerb>(
    verb: V,
    ...input: Parameters<SearchVerbs[V]>
  ): Promise<Awaited<ReturnType<SearchVerbs[V]>>>;
  close(): Promise<void>;
};

type Question = {
  readonly request: SearchRequest;
  /** How many threads had been started when it was first asked. */
  readonly starts: number;
  resolve(value: unknown): void;
  reject(error: Error): void;
};

/** A question is asked of one thread, and once more of the next one where that ended over it. */
const mostAttempts = 2;
/** What writing the cache may take before the thread is ended all the same. */
const closeMs = 5000;
/** Sets of rows lie outside of V8's heap, which hardly grows by them: kept this small it is tidied up before they pile up. */
const maxYoungGenerationSizeMb = 4;
const handlesPerThread = 2 ** 32;
const fewestCached = 5000;

/** Questions to the thread and their answers. It is started by the first one, and again should it end by itself. */
export function createSearchConnection(deps: SearchConnectionDeps): SearchConnection {
  const questions = new Map<number, Question>();
  let worker: Worker | undefined;
  let starts = 0;
  let lastId = 0;
  let closing: Promise<void> | undefined;
  const current = (): Worker => (worker ??= start());
  const start = (): Worker => {
    starts += 1;
    const started = startWorker(deps, starts, settle);
    let reason: unknown;
    started.on('error', (error) => {
      reason = error;
    });
    started.on('exit', () => {
      worker = undefined;
      if (closing === undefined) carryOn(reason);
      else giveUp(questions);
    });
    return started;
  };
  /** While nothing is asked, the thread keeps no process from ending. */
  const hold = (): void => {
    if (questions.size > 0) worker?.ref();
    else worker?.unref();
  };
  const settle = (reply: SearchReply): void => {
    const question = questions.get(reply.id);
    questions.delete(reply.id);
    hold();
    if (reply.ok) question?.resolve(reply.value);
    else question?.reject(fromThrown(reply.error));
  };
  const carryOn = (reason: unknown): void => {
    deps.restarted(reason);
    for (const question of takeHopeless(questions, starts)) {
      question.reject(new Error('The search thread ended over a question.', { cause: reason }));
    }
    for (const { request } of questions.values()) current().postMessage(request);
    hold();
  };
  return {
    warm() {
      current().postMessage({ verb: 'warm', now: deps.now() } satisfies SearchRequest);
      hold();
    },
    ask(verb, ...input) {
      const request: SearchRequest = { id: ++lastId, verb, input, now: deps.now() };
      return new Promise((resolve, reject) => {
        if (closing !== undefined) return resolve(ending() as Awaited<ReturnType<SearchVerbs[typeof verb]>>);
        const thread = current();
        // Both ends are typed by the same table of verbs.
        questions.set(request.id, { request, starts, resolve, reject });
        thread.postMessage(request);
        hold();
      });
    },
    close: () => (closing ??= worker === undefined ? Promise.resolve() : end(worker)),
  };
}

/** Takes out those over which as many threads ended as may. */
function takeHopeless(questions: Map<number, Question>, starts: number): Question[] {
  const hopeless = [...questions].filter(([, question]) => starts - question.starts + 1 >= mostAttempts);
  for (const [id] of hopeless) questions.delete(id);
  return hopeless.map(([, question]) => question);
}

/** What was still asked when everything ended. */
function giveUp(questions: Map<number, Question>): void {
  for (const { resolve } of questions.values()) resolve(ending());
  questions.clear();
}

/** Of those verbs that answer with a result. */
function ending(): Result<never> {
  return fail(failure('cancelled', 'Contact Sheet is ending.'));
}

function startWorker(deps: SearchConnectionDeps, start: number, answer: (reply: SearchReply) => void): Worker {
  const { dataFolder, cacheFolder, version, cachedFrom = fewestCached } = deps;
  const lastHandle = (start - 1) * handlesPerThread;
  const workerData: SearchThreadData = { dataFolder, cacheFolder, version, cachedFrom, lastHandle };
  const url = new URL(`./search-worker${extname(import.meta.url)}`, import.meta.url);
  const worker = new Worker(url, { workerData, execArgv: [], resourceLimits: { maxYoungGenerationSizeMb } });
  worker.on('message', answer);
  return worker;
}

async function end(worker: Worker): Promise<void> {
  const ended = new Promise<void>((resolve) => worker.once('exit', () => resolve()));
  worker.ref();
  const request: SearchRequest = { verb: 'close' };
  worker.postMessage(request);
  const timer = setTimeout(() => void worker.terminate(), closeMs);
  await ended;
  clearTimeout(timer);
}

import { fromThrown, toThrown, type ThrownError } from '../../../domain/thrown-error.ts';

/** What one end may be asked: a verb's question, and what it is answered with. */
export type Verbs = Readonly<Record<string, (question: never) => unknown>>;
type Question<V extends Verbs, K extends keyof V> = Parameters<V[K]>[0];
type Answer<V extends Verbs, K extends keyof V> = Awaited<ReturnType<V[K]>>;

export type RpcMessage =
  /** Without an id it wants no answer. */
  | { readonly kind: 'ask'; readonly id: number | undefined; readonly verb: string; readonly question: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: false; readonly error: ThrownError };

/** What an end answers with; the signal says that the other one needs no answer any more. */
export type Answers<V extends Verbs> = {
  readonly [K in keyof V]: (question: Question<V, K>, signal: AbortSignal) => ReturnType<V[K]>;
};

/** One end of a line between two threads, of which each asks the other. Values cross as structured clones. */
export type RpcChannel<Theirs extends Verbs> = {
  /** Rejects with what was thrown there, or with the reason for which the line was cut. */
  ask<K extends keyof Theirs & string>(
    verb: K,
    question: Question<Theirs, K>,
    signal?: AbortSignal,
  ): Promise<Answer<Theirs, K>>;
  /** Asks without waiting for an answer. */
  tell<K extends keyof Theirs & string>(verb: K, question: Question<Theirs, K>): void;
  receive(message: RpcMessage): void;
  /** Nobody is at the other end any more. */
  cut(reason: Error): void;
};

type Waiting = { resolve(value: unknown): void; reject(error: unknown): void };

export function createRpcChannel<Theirs extends Verbs, Ours extends Verbs>(
  post: (message: RpcMessage) => void,
  answers: Partial<Answers<Ours>>,
): RpcChannel<Theirs> {
  const waiting = new Map<number, Waiting>();
  const answering = createAnswering(post, answers);
  let lastId = 0;
  let severed: Error | undefined;
  const settle = (message: Extract<RpcMessage, { kind: 'answer' }>): void => {
    const asked = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.ok) asked?.resolve(message.value);
    else asked?.reject(fromThrown(message.error));
  };
  return {
    async ask(verb, question, signal) {
      if (severed !== undefined) throw severed;
      const id = ++lastId;
      const { promise, ...asked } = Promise.withResolvers<unknown>();
      post({ kind: 'ask', id, verb, question });
      waiting.set(id, asked);
      const cancel = () => post({ kind: 'cancel', id });
      if (signal?.aborted === true) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        // Both ends are typed by the same table of verbs.
        return (await promise) as never;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    tell(verb, question) {
      if (severed === undefined) post({ kind: 'ask', id: undefined, verb, question });
    },
    receive(message) {
      if (message.kind === 'answer') settle(message);
      else answering(message);
    },
    cut(reason) {
      severed = reason;
      for (const { reject } of waiting.values()) reject(reason);
      waiting.clear();
    },
  };
}

/** Answers what the other end asks, each question under a signal of its own. */
function createAnswering<Ours extends Verbs>(post: (message: RpcMessage) => void, answers: Partial<Answers<Ours>>) {
  const underWay = new Map<number, AbortController>();
  const run = (verb: string, question: unknown, signal: AbortSignal): unknown => {
    const answer = answers[verb] as ((question: unknown, signal: AbortSignal) => unknown) | undefined;
    if (answer === undefined) throw new Error(`Nobody here answers ${verb}.`);
    return answer(question, signal);
  };
  const reply = async (id: number, verb: string, question: unknown): Promise<void> => {
    const controller = new AbortController();
    underWay.set(id, controller);
    try {
      post({ kind: 'answer', id, ok: true, value: await run(verb, question, controller.signal) });
    } catch (error) {
      post({ kind: 'answer', id, ok: false, error: toThrown(error) });
    } finally {
      underWay.delete(id);
    }
  };
  return (message: Exclude<RpcMessage, { kind: 'answer' }>): void => {
    if (message.kind === 'cancel') underWay.get(message.id)?.abort();
    else if (message.id === undefined) void run(message.verb, message.question, new AbortController().signal);
    else void reply(message.id, message.verb, message.question);
  };
}

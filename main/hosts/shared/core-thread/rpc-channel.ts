import { fromThrown, toThrown, type ThrownError } from '../../../domain/thrown-error.ts';

/** The methods that one side offers, with their parameters and results. */
export type Verbs = Readonly<Record<string, (question: never) => unknown>>;
type Params<V extends Verbs, K extends keyof V> = Parameters<V[K]>[0];
type Answer<V extends Verbs, K extends keyof V> = Awaited<ReturnType<V[K]>>;

export type RpcMessage =
  /** Expects no answer if it has no id. */
  | { readonly kind: 'ask'; readonly id: number | undefined; readonly verb: string; readonly question: unknown }
  | { readonly kind: 'cancel'; readonly id: number }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly kind: 'answer'; readonly id: number; readonly ok: false; readonly error: ThrownError };

/** One side's implementations; the signal aborts when the other side cancels. */
export type Answers<V extends Verbs> = {
  readonly [K in keyof V]: (question: Params<V, K>, signal: AbortSignal) => ReturnType<V[K]>;
};

/** One side of a bidirectional RPC channel between two threads. Values cross as structured clones. */
export type RpcChannel<Theirs extends Verbs> = {
  /** Rejects with the other side's error, or with the reason for which the channel was closed. */
  ask<K extends keyof Theirs & string>(
    verb: K,
    question: Params<Theirs, K>,
    signal?: AbortSignal,
  ): Promise<Answer<Theirs, K>>;
  /** Calls without waiting for an answer. */
  tell<K extends keyof Theirs & string>(verb: K, question: Params<Theirs, K>): void;
  receive(message: RpcMessage): void;
  /** Rejects all calls, as the other side is gone. */
  cut(reason: Error): void;
};

type PendingCall = { resolve(value: unknown): void; reject(error: unknown): void };

export function createRpcChannel<Theirs extends Verbs, Ours extends Verbs>(
  post: (message: RpcMessage) => void,
  answers: Partial<Answers<Ours>>,
): RpcChannel<Theirs> {
  const pending = new Map<number, PendingCall>();
  const respond = createResponder(post, answers);
  let lastId = 0;
  let closeReason: Error | undefined;
  const settle = (message: Extract<RpcMessage, { kind: 'answer' }>): void => {
    const call = pending.get(message.id);
    pending.delete(message.id);
    if (message.ok) call?.resolve(message.value);
    else call?.reject(fromThrown(message.error));
  };
  return {
    async ask(verb, question, signal) {
      if (closeReason !== undefined) throw closeReason;
      const id = ++lastId;
      const { promise, ...call } = Promise.withResolvers<unknown>();
      post({ kind: 'ask', id, verb, question });
      pending.set(id, call);
      const cancel = () => post({ kind: 'cancel', id });
      if (signal?.aborted === true) cancel();
      signal?.addEventListener('abort', cancel, { once: true });
      try {
        // Both sides are typed by the same table of methods.
        return (await promise) as never;
      } finally {
        signal?.removeEventListener('abort', cancel);
      }
    },
    tell(verb, question) {
      if (closeReason === undefined) post({ kind: 'ask', id: undefined, verb, question });
    },
    receive(message) {
      if (message.kind === 'answer') settle(message);
      else respond(message);
    },
    cut(reason) {
      closeReason = reason;
      for (const { reject } of pending.values()) reject(reason);
      pending.clear();
    },
  };
}

/** Answers calls of the other side, each under its own signal. */
function createResponder<Ours extends Verbs>(post: (message: RpcMessage) => void, answers: Partial<Answers<Ours>>) {
  const running = new Map<number, AbortController>();
  const run = (verb: string, question: unknown, signal: AbortSignal): unknown => {
    const answer = answers[verb] as ((question: unknown, signal: AbortSignal) => unknown) | undefined;
    if (answer === undefined) throw new Error(`Nobody here answers ${verb}.`);
    return answer(question, signal);
  };
  const reply = async (id: number, verb: string, question: unknown): Promise<void> => {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      post({ kind: 'answer', id, ok: true, value: await run(verb, question, controller.signal) });
    } catch (error) {
      post({ kind: 'answer', id, ok: false, error: toThrown(error) });
    } finally {
      running.delete(id);
    }
  };
  return (message: Exclude<RpcMessage, { kind: 'answer' }>): void => {
    if (message.kind === 'cancel') running.get(message.id)?.abort();
    else if (message.id === undefined) void run(message.verb, message.question, new AbortController().signal);
    else void reply(message.id, message.verb, message.question);
  };
}

import type { HelperProcess, StartHelper } from '../../../ports/helper.ts';
import type { Answers, RpcChannel } from './rpc-channel.ts';
import type { CoreVerbs, HostVerbs } from './core-messages.ts';

type Receivers = { readonly answered: ((line: string) => void)[]; readonly ended: (() => void)[] };

/** Core side: proxies helper processes, which the host starts and knows by id. */
export function createHelperProxy(channel: () => Pick<RpcChannel<HostVerbs>, 'tell'>): {
  readonly start: StartHelper;
  readonly answers: Pick<Answers<CoreVerbs>, 'helperAnswered' | 'helperEnded'>;
} {
  const running = new Map<number, Receivers>();
  let lastId = 0;
  return {
    start(script, environment) {
      const id = ++lastId;
      const receivers: Receivers = { answered: [], ended: [] };
      running.set(id, receivers);
      channel().tell('startHelper', { id, script, environment });
      return {
        send: (text) => channel().tell('sendToHelper', { id, line: text }),
        answered: (receive) => void receivers.answered.push(receive),
        ended: (receive) => void receivers.ended.push(receive),
        kill: () => channel().tell('killHelper', id),
      };
    },
    answers: {
      helperAnswered({ id, line: text }) {
        for (const receive of running.get(id)?.answered ?? []) receive(text);
      },
      helperEnded(id) {
        const ended = running.get(id)?.ended ?? [];
        running.delete(id);
        for (const receive of ended) receive();
      },
    },
  };
}

export type NearHelpers = {
  readonly answers: Pick<Answers<HostVerbs>, 'startHelper' | 'sendToHelper' | 'killHelper'>;
  /** Kills all helpers, as their core is gone. */
  killAll(): void;
};

/** Host side: runs the helpers. */
export function createNearHelpers(
  start: StartHelper | undefined,
  channel: () => Pick<RpcChannel<CoreVerbs>, 'tell'>,
): NearHelpers {
  const running = new Map<number, HelperProcess>();
  return {
    answers: {
      startHelper({ id, script, environment }) {
        const helper = start?.(script, environment);
        if (helper === undefined) return channel().tell('helperEnded', id);
        running.set(id, helper);
        helper.answered((text) => channel().tell('helperAnswered', { id, line: text }));
        helper.ended(() => {
          running.delete(id);
          channel().tell('helperEnded', id);
        });
      },
      sendToHelper: ({ id, line: text }) => running.get(id)?.send(text),
      killHelper: (id) => running.get(id)?.kill(),
    },
    killAll() {
      for (const helper of running.values()) helper.kill();
    },
  };
}

import type { HelperProcess, StartHelper } from '../../../ports/helper.ts';
import type { Answers, RpcChannel } from './rpc-channel.ts';
import type { CoreVerbs, HostVerbs } from './core-messages.ts';

type Receivers = { readonly answered: ((line: string) => void)[]; readonly ended: (() => void)[] };

/** The core's end: helper processes that the host starts, by numbers. */
export function createHelperProxy(line: () => Pick<RpcChannel<HostVerbs>, 'tell'>): {
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
      line().tell('startHelper', { id, script, environment });
      return {
        send: (text) => line().tell('sendToHelper', { id, line: text }),
        answered: (receive) => void receivers.answered.push(receive),
        ended: (receive) => void receivers.ended.push(receive),
        kill: () => line().tell('killHelper', id),
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
  /** Those of a core that is gone go too. */
  killAll(): void;
};

/** The host's end. */
export function createNearHelpers(
  start: StartHelper | undefined,
  line: () => Pick<RpcChannel<CoreVerbs>, 'tell'>,
): NearHelpers {
  const running = new Map<number, HelperProcess>();
  return {
    answers: {
      startHelper({ id, script, environment }) {
        const helper = start?.(script, environment);
        if (helper === undefined) return line().tell('helperEnded', id);
        running.set(id, helper);
        helper.answered((text) => line().tell('helperAnswered', { id, line: text }));
        helper.ended(() => {
          running.delete(id);
          line().tell('helperEnded', id);
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

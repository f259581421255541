import { failure } from '../../../domain/failure.ts';
import { fail } from '../../../domain/result.ts';
import type { UpdateSource, Updates } from '../../../ports/update-source.ts';
import type { Answers, RpcChannel } from './rpc-channel.ts';
import type { CoreVerbs, HostVerbs } from './core-messages.ts';

/** Core side: proxies the host's update source. */
export function createUpdateProxy(channel: () => Pick<RpcChannel<HostVerbs>, 'ask'>): {
  readonly source: UpdateSource;
  readonly answers: Pick<Answers<CoreVerbs>, 'updateProgressed'>;
} {
  let report: (fraction: number) => void = () => undefined;
  return {
    source: {
      check: () => channel().ask('checkUpdate', undefined),
      download(progressed) {
        report = progressed;
        return channel().ask('downloadUpdate', undefined);
      },
      install: () => channel().ask('installUpdate', undefined),
    },
    answers: { updateProgressed: (fraction) => report(fraction) },
  };
}

type UpdateVerb = 'checkUpdate' | 'downloadUpdate' | 'installUpdate';

/** Host side: serves the updates. */
export function answerUpdates(
  updates: Updates | undefined,
  channel: () => Pick<RpcChannel<CoreVerbs>, 'tell'>,
): Pick<Answers<HostVerbs>, UpdateVerb> {
  if (updates === undefined || 'absent' in updates) {
    const absent = fail(failure('not-here', updates?.absent ?? 'There are no updates here.'));
    const refuse = () => Promise.resolve(absent);
    return { checkUpdate: refuse, downloadUpdate: refuse, installUpdate: refuse };
  }
  return {
    checkUpdate: () => updates.check(),
    downloadUpdate: () => updates.download((fraction) => channel().tell('updateProgressed', fraction)),
    installUpdate: () => updates.install(),
  };
}

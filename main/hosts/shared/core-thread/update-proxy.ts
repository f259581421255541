import { failure } from '../../../domain/failure.ts';
import { fail } from '../../../domain/result.ts';
import type { UpdateSource, Updates } from '../../../ports/update-source.ts';
import type { Answers, RpcChannel } from './rpc-channel.ts';
import type { CoreVerbs, HostVerbs } from './core-messages.ts';

/** The core's end of a source of updates that the host has. */
export function createUpdateProxy(line: () => Pick<RpcChannel<HostVerbs>, 'ask'>): {
  readonly source: UpdateSource;
  readonly answers: Pick<Answers<CoreVerbs>, 'updateProgressed'>;
} {
  let report: (fraction: number) => void = () => undefined;
  return {
    source: {
      check: () => line().ask('checkUpdate', undefined),
      download(progressed) {
        report = progressed;
        return line().ask('downloadUpdate', undefined);
      },
      install: () => line().ask('installUpdate', undefined),
    },
    answers: { updateProgressed: (fraction) => report(fraction) },
  };
}

type UpdateVerb = 'checkUpdate' | 'downloadUpdate' | 'installUpdate';

/** The host's end. */
export function answerUpdates(
  updates: Updates | undefined,
  line: () => Pick<RpcChannel<CoreVerbs>, 'tell'>,
): Pick<Answers<HostVerbs>, UpdateVerb> {
  if (updates === undefined || 'absent' in updates) {
    const absent = fail(failure('not-here', updates?.absent ?? 'There are no updates here.'));
    const refuse = () => Promise.resolve(absent);
    return { checkUpdate: refuse, downloadUpdate: refuse, installUpdate: refuse };
  }
  return {
    checkUpdate: () => updates.check(),
    downloadUpdate: () => updates.download((fraction) => line().tell('updateProgressed', fraction)),
    installUpdate: () => updates.install(),
  };
}

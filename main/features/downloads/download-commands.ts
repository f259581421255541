import type { Handlers } from '../../contract/command.ts';
import type { downloadCommands, TransferRow } from '../../contract/commands/downloads.ts';
import { ok } from '../../domain/result.ts';
import type { Transfer } from '../../domain/transfer/transfer.ts';
import type { Downloads } from './download-service.ts';

export function createDownloadCommands(downloads: Downloads): Handlers<typeof downloadCommands> {
  return {
    'downloads.plan': downloads.plan,
    async 'downloads.drop'({ ticket }) {
      await downloads.drop(ticket);
      return ok();
    },
    'downloads.planItems': ({ handle, reason, from, to }) => downloads.planItems(handle, { from, to }, reason),
    'downloads.start': downloads.start,
    'downloads.resume': ({ batchId }) => downloads.resume(batchId),
    'downloads.wait': ({ batchId }) => downloads.wait(batchId),
    async 'downloads.stop'({ batchId }) {
      await downloads.stop(batchId);
      return ok();
    },
    'downloads.list': ({ unfinished, limit }) => ok(downloads.list(unfinished, limit)),
    'downloads.transfers'({ batchId, state, from, to }) {
      const transfers = downloads.transfers(batchId, state, from, to);
      return transfers.ok ? ok(transfers.value.map(toRow)) : transfers;
    },
    async 'downloads.act'({ action, batchId, seq, onlyHelpful }) {
      const changed = await downloads.act(action, batchId, seq, onlyHelpful);
      return changed.ok ? ok({ changed: changed.value }) : changed;
    },
    async 'downloads.verify'({ folder }) {
      const verified = await downloads.verify(folder);
      return verified.ok ? ok({ ...verified.value, differences: [...verified.value.differences] }) : verified;
    },
    'downloads.clearHistory': async () => ok({ batches: await downloads.clearHistory() }),
  };
}

function toRow(transfer: Transfer): TransferRow {
  const { seq, accountId, imageId, name, path, finalPath, state, attempt, reason, bytes } = transfer;
  return { seq, accountId, imageId, name, path: finalPath ?? path, state, attempt, reason, bytes };
}

import { resolve } from 'node:path';
import type { BatchView } from '../../contract/downloads.ts';
import type { ConflictPolicy } from '../../domain/batch.ts';
import { formatSize } from '../../domain/size.ts';
import { refuse } from './accounts.ts';
import { exitCodeOf } from './exit-code.ts';
import { followBatch, showBatch } from './follow-batch.ts';
import { planReasonWords } from './plan-words.ts';
import type { Session } from './session.ts';
import { formatCount, plural } from './words.ts';

export type DownloadOptions = {
  readonly to: string;
  readonly template?: string;
  readonly onConflict?: ConflictPolicy;
  readonly includeOther?: boolean;
  readonly concurrency?: number;
  readonly limitRate?: number;
  readonly manifest?: boolean;
};

const pieceItems = 1000;

export async function planCommand(session: Session, query: string, options: DownloadOptions): Promise<number> {
  const { output, call } = session;
  const planned = await call('downloads.plan', toOrder(session, query, options));
  if (!planned.ok) return refuse(session, planned.error);
  const { handle, images, files, bytes, unknownSizes, freeBytes, totals } = planned.value;
  if (output.json) {
    await output.raw(`${JSON.stringify({ files, bytes, freeBytes }).slice(0, -1)},"items":[`);
    for (let from = 0; from < images; from += pieceItems) {
      const items = await call('downloads.planItems', { handle, from, to: from + pieceItems });
      if (!items.ok) return refuse(session, items.error);
      const texts = items.value.map(({ id, name, path, action, reason }) =>
        JSON.stringify({ id, name, path, action, reason }),
      );
      await output.raw(`${from === 0 ? '\n' : ',\n'}${texts.join(',\n')}`);
    }
    await output.raw(`\n],"totals":${JSON.stringify(totals)}}\n`);
    return 0;
  }
  const span = bytes.low === bytes.high ? formatSize(bytes.low) : `${formatSize(bytes.low)} to ${formatSize(bytes.high)}`;
  const free = freeBytes === null ? '' : ` · ${formatSize(freeBytes)} free`;
  const unknown = unknownSizes === 0 ? '' : ` and ${plural(unknownSizes, 'file')} of unknown size`;
  output.line(`${plural(files, 'file')} to download · ${span}${unknown}${free}`);
  for (const [reason, count] of Object.entries(totals)) {
    if (count > 0) output.line(`${formatCount(count).padStart(9)}  ${planReasonWords[reason as keyof typeof totals]}`);
  }
  return 0;
}

export async function downloadCommand(session: Session, query: string, options: DownloadOptions): Promise<number> {
  const { output, call } = session;
  const { manifest = false, concurrency = null, limitRate = null } = options;
  const order = { ...toOrder(session, query, options), manifest, concurrency, limitRate };
  const started = await call('downloads.start', order);
  if (!started.ok) {
    output.failed(started.error, 'event');
    return exitCodeOf(started.error.code);
  }
  const { batch, continued } = started.value;
  if (continued) output.note(`Going on with batch ${batch.id}: ${plural(batch.unsettled, 'file')} left.`);
  return followBatch(session, batch.id, (ended) => describe(session, ended));
}

function toOrder({ workingFolder }: Session, query: string, options: DownloadOptions) {
  const { to, template, onConflict, includeOther = false } = options;
  return {
    query,
    destination: resolve(workingFolder, to),
    includeOther,
    ...(template === undefined ? {} : { template }),
    ...(onConflict === undefined ? {} : { policy: onConflict }),
  };
}

function describe({ output }: Session, batch: BatchView): void {
  output.line(showBatch(batch));
  if (batch.done > 0 || batch.skipped > 0) output.line(`In ${batch.destination}`);
}

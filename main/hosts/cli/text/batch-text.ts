import type { BatchSnapshot, BatchView } from '../../../contract/commands/downloads.ts';
import { formatSize } from '../../../domain/image/size.ts';
import { skipCodes } from '../../../domain/transfer/transfer.ts';
import { skipText } from './plan-text.ts';
import type { Session } from '../session.ts';
import { formatCount, plural } from './text.ts';

const pageSize = 1000;
/** Reading more for their reasons would take too long. */
const maxExplained = 20_000;
const barCells = 20;

/** `74 files downloaded (10.6 MB), 1 skipped, 2 failed.` */
export function showBatch(batch: BatchView): string {
  if (batch.planned === 0) return 'Nothing to download: no image was found.';
  const parts = [
    batch.done > 0 ? `${plural(batch.done, 'file')} downloaded (${formatSize(batch.bytes)})` : 'Nothing downloaded',
    batch.skipped > 0 ? `${formatCount(batch.skipped)} skipped` : '',
    batch.failed > 0 ? `${formatCount(batch.failed)} failed` : '',
    batch.cancelled > 0 ? `${formatCount(batch.cancelled)} cancelled` : '',
  ];
  return `${parts.filter((part) => part !== '').join(', ')}.`;
}

/** Prints why files were skipped, with a count for each reason. */
export async function describeSkipped({ output, call }: Session, batch: BatchView): Promise<void> {
  if (batch.skipped > maxExplained) return;
  const counts = new Map<string, number>();
  for (let from = 0; from < batch.skipped; from += pageSize) {
    const range = { batchId: batch.id, state: 'skipped', from, to: from + pageSize } as const;
    const rows = await call('downloads.transfers', range);
    if (!rows.ok) return;
    for (const { reason } of rows.value) counts.set(reason?.code ?? '', (counts.get(reason?.code ?? '') ?? 0) + 1);
  }
  for (const code of skipCodes) {
    const count = counts.get(code) ?? 0;
    if (count > 0) output.line(`${formatCount(count).padStart(9)}  ${skipText[code]}: skipped`);
  }
}

export function showProgress({ output }: Session, batch: BatchSnapshot): void {
  const { batchId, planned, files, done, skipped, failed, bytes, bytesPerSecond, remainingMs, active, waiting } = batch;
  const totals = { planned, done, skipped, failed, active, bytes, bytesPerSecond: Math.round(bytesPerSecond) };
  output.event({ event: 'progress', batch: batchId, ...totals });
  const settled = files - batch.unsettled;
  const parts = [
    `${formatCount(settled)} of ${formatCount(files)}`,
    bytesPerSecond > 0 ? `${formatSize(bytesPerSecond)}/s` : '',
    remainingMs === null || settled === files ? '' : `${describeDuration(remainingMs)} left`,
    failed > 0 ? `${formatCount(failed)} failed` : '',
    waiting === null ? '' : waiting.why,
  ];
  output.progress(`${bar(files === 0 ? 1 : settled / files)} ${parts.filter((part) => part !== '').join(' · ')}`);
}

function bar(share: number): string {
  const full = Math.floor(share * barCells);
  return '█'.repeat(full) + '░'.repeat(barCells - full);
}

/** `0:14`, `1:02:03`. */
function describeDuration(ms: number): string {
  const seconds = Math.ceil(ms / 1000);
  const two = (value: number) => String(value).padStart(2, '0');
  const minutes = Math.floor(seconds / 60);
  const clock = `${minutes % 60}:${two(seconds % 60)}`;
  return minutes < 60 ? clock : `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`;
}

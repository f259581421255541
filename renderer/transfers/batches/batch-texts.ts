import { joinParts, type TranslatedText } from '../../../main/messages/format.ts';
import { withoutOrder } from '../../search/order-text.ts';
import { canGoOn } from './batch-status.ts';
import type { ShownBatch } from '../transfers.svelte.ts';
import { statusText } from '../transfer-text.ts';

/** Describes what was ordered: the query whose result was selected, or images selected by hand. */
export function describeWhat({ query, isSelection }: ShownBatch, { translate }: TranslatedText): string {
  const text = withoutOrder(query).trim();
  if (isSelection && text === '') return translate('batch.byHand');
  return text === '' || text === '*' ? translate('batch.everything') : text;
}

/** `37 of 1,204 · 12.4 MB/s · 0:14 left` while it runs; afterwards what came of it. */
export function describeProgress(batch: ShownBatch, { translate, format }: TranslatedText): string {
  const { files, unsettled, live, done, skipped, failed, cancelled, bytes } = batch;
  if (unsettled > 0) {
    return joinParts([
      translate('batch.of', { settled: files - unsettled, planned: files }),
      live !== undefined && live.bytesPerSecond > 0 ? describeSpeed(live.bytesPerSecond, { translate, format }) : '',
      describeLeft(live?.remainingMs ?? null, { translate, format }),
      failed > 0 ? translate('batch.failedCount', { count: failed }) : '',
    ]);
  }
  const came = joinParts([
    done > 0 ? translate('batch.doneCount', { count: done, size: format.size(bytes) }) : '',
    skipped > 0 ? translate('batch.skippedCount', { count: skipped }) : '',
    failed > 0 ? translate('batch.failedCount', { count: failed }) : '',
    cancelled > 0 ? translate('batch.cancelledCount', { count: cancelled }) : '',
  ]);
  return came === '' ? translate('batch.nothing') : came;
}

export function describeSpeed(bytesPerSecond: number, { translate, format }: TranslatedText): string {
  return translate('batch.speed', { size: format.size(Math.round(bytesPerSecond)) });
}

function describeLeft(remainingMs: number | null, { translate, format }: TranslatedText): string {
  return remainingMs === null ? '' : translate('batch.left', { time: format.duration(remainingMs) });
}

/** Why it stands still, or waits and until when; undefined where there is nothing to say. */
export function describeWhy(batch: ShownBatch, now: number, { translate, format }: TranslatedText): string | undefined {
  const { stand, stop, live, unsettled } = batch;
  const waiting = live?.waiting ?? null;
  if (waiting !== null) {
    const { until, why } = waiting;
    return translate('batch.waitingWhy', { why, time: format.duration(Math.max(0, until - now)) });
  }
  if (stand === 'stopped') return stop?.message;
  if (stand === 'interrupted') return translate('batch.interruptedWhy', { count: unsettled });
  if (stand === 'held') return translate('batch.heldWhy', { count: unsettled });
  return undefined;
}

/** Batches that the text stands in, by what was ordered and where it went. */
export function searchBatches(
  batches: readonly ShownBatch[],
  text: string,
  words: TranslatedText,
): readonly ShownBatch[] {
  const sought = text.trim().toLocaleLowerCase();
  if (sought === '') return batches;
  return batches.filter((batch) => {
    const state = words.translate(statusText[batch.stand].label);
    return [describeWhat(batch, words), batch.destination, state].some((one) =>
      one.toLocaleLowerCase().includes(sought),
    );
  });
}

/** The batch that the window's foot speaks of when none runs: the newest that can go on. */
export function newestLeft(batches: readonly ShownBatch[]): ShownBatch | undefined {
  return batches.find(({ stand }) => canGoOn(stand));
}

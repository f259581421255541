import type { Batch } from '../domain/batch.ts';
import type { CatalogueImage } from '../domain/image.ts';
import { isOtherExtension } from '../domain/picture-check/extensions.ts';
import type { PlanItem, PlanReason } from '../domain/plan/plan-types.ts';
import { newTransfer, type SkipCode, type Transfer, type TransferReason } from '../domain/transfer.ts';
import type { EngineParts } from './engine/engine-parts.ts';
import { absolutePath } from './disk/file-paths.ts';
import type { PlannedBatch } from './plan/plan-batch.ts';

const pieceRows = 2_000;

/** Writes the plan's items down as transfers, a piece at a time so that others get their turn; the batch is `preparing`. */
export async function writeBatch(parts: EngineParts, batch: Batch, planned: PlannedBatch): Promise<void> {
  const { images, plan } = planned;
  const now = parts.clock.now();
  for (let from = 0; from < images.length; from += pieceRows) {
    await parts.journal.write(() => {
      for (let seq = from; seq < Math.min(images.length, from + pieceRows); seq++) {
        const image = images[seq];
        const item = plan.items[seq];
        if (image === undefined || item === undefined) throw new Error('The plan has another length than its images');
        writeTransfer(parts, batch, toTransfer(batch, seq, image, item), now);
      }
    });
  }
}

function writeTransfer(parts: EngineParts, batch: Batch, transfer: Transfer, now: number): void {
  parts.transfers.insert(transfer);
  if (transfer.reason?.code !== 'saved-before') return;
  const path = absolutePath(batch.destination, transfer.path);
  parts.savedFiles.confirm(path, transfer.accountId, transfer.imageId, batch.id, now);
}

function toTransfer(batch: Batch, seq: number, image: CatalogueImage, item: PlanItem): Transfer {
  const { accountId, id: imageId, url, sizeText, name, ext } = image;
  const skipped = item.action === 'skip' ? skipReason(item.reason) : null;
  const path = item.relativePath ?? '';
  const expected = item.expectedBytes;
  return {
    ...newTransfer,
    ...(skipped === null ? {} : { state: 'skipped', reason: skipped }),
    ...{ batchId: batch.id, seq, accountId, imageId, url, sizeText, name, path },
    besidePath: item.besidePath,
    note: noteFor(item),
    picture: !isOtherExtension(ext),
    bytes: expected === null ? null : Math.round((expected.low + expected.high) / 2),
    bytesExact: false,
    validator: null,
    lastModified: null,
    sha256: null,
    type: null,
    finalPath: skipped?.code === 'saved-before' ? path : null,
  };
}

const skips: { readonly [R in PlanReason]?: readonly [SkipCode, string] } = {
  saved: ['saved-before', 'It was saved before, and the file still stands as it was written.'],
  exists: ['exists', 'A file of this name stands there already.'],
  'other-file': ['not-selected', 'By its extension it is no picture, and was left out.'],
};

function skipReason(reason: PlanReason): TransferReason {
  const skip = skips[reason];
  if (skip === undefined) throw new Error(`The plan skips for the reason ${reason}`);
  return { code: skip[0], message: skip[1], canRetry: false };
}

function noteFor({ reason, notes }: PlanItem): string | null {
  const said = [
    reason === 'same-name' ? 'Another image has the same name, so this one has a number.' : '',
    reason === 'kept-beside' ? 'Another file of this name stood there already, so this one has a number.' : '',
    notes.includes('portable-name') ? 'The name was changed to one that every system takes.' : '',
  ].filter((text) => text !== '');
  return said.length === 0 ? null : said.join(' ');
}

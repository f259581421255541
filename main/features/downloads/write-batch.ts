import type { Batch } from '../../domain/transfer/batch.ts';
import type { CatalogueImage, ImageKey } from '../../domain/image/image.ts';
import { isOtherExtension } from '../../domain/image-check/extensions.ts';
import type { Plan, PlanItem, PlanReason } from '../../domain/plan/plan-types.ts';
import { keyText } from '../../domain/image/selection.ts';
import { newTransfer, type SkipCode, type Transfer, type TransferReason } from '../../domain/transfer/transfer.ts';
import type { EngineDeps } from './engine/engine-parts.ts';
import { writeInSlices } from './engine/write-in-slices.ts';
import type { PlanWatch } from './plan/plan-batch.ts';
import { absolutePath } from './disk/file-paths.ts';

/** Read at once. */
const pieceRows = 500;

export type WriteDeps = {
  readonly parts: Pick<EngineDeps, 'journal' | 'clock' | 'batches' | 'transfers' | 'savedFiles'>;
  readonly images: (keys: readonly ImageKey[]) => CatalogueImage[];
};

/**
 * Writes the plan's items down as transfers; the batch is `preparing`. What the catalogue has lost since it was planned is
 * left out. Answers false where the watch's signal ended it.
 */
export async function writeBatch(deps: WriteDeps, batch: Batch, plan: Plan, watch: PlanWatch): Promise<boolean> {
  const { parts } = deps;
  const now = parts.clock.now();
  let seq = 0;
  let files = 0;
  for (let from = 0; from < plan.items.length; from += pieceRows) {
    if (watch.signal.aborted) return false;
    watch.progressed('writing', from, plan.items.length);
    const piece = readPiece(deps, plan, from);
    const first = seq;
    await writeInSlices(parts.journal, piece, ({ image, item }, position) =>
      writeTransfer(parts, batch, toTransfer(batch, first + position, image, item), now),
    );
    seq += piece.length;
    files += piece.filter(({ item }) => item.action !== 'skip').length;
  }
  await parts.journal.write(() => parts.batches.setFiles(batch.id, files));
  return true;
}

function readPiece({ images }: WriteDeps, { items }: Plan, from: number) {
  const length = Math.min(pieceRows, items.length - from);
  const piece = Array.from({ length }, (_, index) => items.at(from + index));
  const found = new Map(images(piece).map((image) => [keyText(image), image]));
  return piece.flatMap((item) => {
    const image = found.get(keyText(item));
    return image === undefined ? [] : [{ item, image }];
  });
}

function writeTransfer(parts: WriteDeps['parts'], batch: Batch, transfer: Transfer, now: number): void {
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

import { isOtherExtension } from '../image-check/extensions.ts';
import type { ByteSpan } from '../image/size.ts';
import { renderTemplate } from '../template/render.ts';
import { createDuplicateWatch } from './duplicates.ts';
import { createSizer } from './expected-bytes.ts';
import {
  planNotes,
  type PlanHistory,
  type PlanImage,
  type PlanNote,
  type PlanOrder,
  type PlanReason,
  type RecordedFile,
} from './plan-types.ts';
import { rankRecords } from './recorded-path.ts';

/** An image that is to be placed: where the template wants it, and where it was saved before. */
export type CandidatePath = {
  readonly image: PlanImage;
  /** Under the destination; null for what is left out. */
  readonly path: string | null;
  /** Whether the file's own name is another than the template gave. */
  readonly isNameChanged: boolean;
  /** What holds where nothing is in the way. */
  readonly reason: PlanReason;
  /** `notesOf` says which they are. */
  readonly noteBits: number;
  readonly expectedBytes: ByteSpan | null;
  /** Those that this template could have saved, the best first. */
  readonly records: readonly RecordedFile[];
};

/** Describes one image after another. */
export type CandidatePaths = (image: PlanImage, history: PlanHistory) => CandidatePath;

/** Room is made for `expected` images. */
export function createCandidatePaths({ includeOther, template }: PlanOrder, expected: number): CandidatePaths {
  const sizeOf = createSizer();
  const isLikelyDuplicate = createDuplicateWatch(expected);
  let index = 0;
  return (image, history) => {
    const isLeftOut = !includeOther && isOtherExtension(image.ext);
    if (!isLeftOut) index += 1;
    const failed = history.failedBefore(image);
    const rendered = isLeftOut ? undefined : renderTemplate(template, image, index);
    const isNameChanged = (rendered?.changes.length ?? 0) > 0;
    const noteBits = noteBitsOf({
      duplicate: !isLeftOut && isLikelyDuplicate(image),
      gone: image.gone,
      'failed-before': failed,
      'portable-name': isNameChanged || rendered?.foldersChanged === true,
    });
    return {
      image,
      path: rendered?.segments.join('/') ?? null,
      isNameChanged,
      reason: isLeftOut ? 'other-file' : failed ? 'failed-before' : image.gone ? 'gone' : 'new',
      noteBits,
      expectedBytes: sizeOf(image),
      records: rendered === undefined ? [] : rankRecords(history.recorded(image), rendered.segments),
    };
  };
}

function noteBitsOf(holds: Readonly<Record<PlanNote, boolean>>): number {
  return planNotes.reduce((bits, note, index) => bits | (holds[note] ? 1 << index : 0), 0);
}

const noteLists = Array.from({ length: 1 << planNotes.length }, (_, bits) =>
  planNotes.filter((_note, index) => bits & (1 << index)),
);

export function notesOf(bits: number): readonly PlanNote[] {
  return noteLists[bits] ?? [];
}

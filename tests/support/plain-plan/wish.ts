import { isOtherExtension } from '../../../main/domain/image-check/extensions.ts';
import { renderTemplate } from '../../../main/domain/template/render.ts';
import { createSizer } from '../../../main/domain/plan/expected-bytes.ts';
import {
  planNotes,
  type PlanImage,
  type PlanItem,
  type PlanNote,
  type RecordedFile,
} from '../../../main/domain/plan/plan-types.ts';
import { rankRecords } from '../../../main/domain/plan/recorded-path.ts';
import { createDuplicateWatch } from './duplicates.ts';
import type { PlanInput } from './plain-types.ts';

/** An image's candidate path: the template's path for it, and where it was saved before. */
export type Wish = {
  /** Incomplete until its path is chosen; its reason applies if nothing is in the way. */
  readonly item: { -readonly [K in keyof PlanItem]: PlanItem[K] };
  readonly folders: readonly string[];
  readonly name: string;
  /** The file's name differs from the template's. */
  readonly isNameChanged: boolean;
  /** Records that this template could have saved, the best first. */
  readonly records: readonly RecordedFile[];
};

/** Creates candidate paths, image by image; equal parts are shared, as there may be a million. */
export function createWisher(input: PlanInput): (image: PlanImage) => Wish {
  const sizeOf = createSizer();
  const isLikelyDuplicate = createDuplicateWatch();
  const noteLists = Array.from({ length: 1 << planNotes.length }, (_, bits) => notesOf(bits));
  let index = 0;
  let lastFolders: readonly string[] = [];
  return (image) => {
    const isSkipped = !input.includeOther && isOtherExtension(image.ext);
    if (!isSkipped) index += 1;
    const failed = input.failedBefore(image);
    const rendered = isSkipped ? undefined : renderTemplate(input.template, image, index);
    const segments = rendered?.segments ?? [];
    const isNameChanged = (rendered?.changes.length ?? 0) > 0;
    const folders = segments.slice(0, -1);
    if (!isSame(folders, lastFolders)) lastFolders = folders;
    const bits = noteBits({
      duplicate: !isSkipped && isLikelyDuplicate(image),
      gone: image.gone,
      'failed-before': failed,
      'portable-name': isNameChanged || rendered?.foldersChanged === true,
    });
    const { accountId, id, name } = image;
    return {
      item: {
        accountId,
        id,
        name,
        relativePath: null,
        besidePath: null,
        action: isSkipped ? 'skip' : 'fetch',
        reason: isSkipped ? 'other-file' : failed ? 'failed-before' : image.gone ? 'gone' : 'new',
        notes: noteLists[bits] ?? [],
        expectedBytes: sizeOf(image),
      },
      folders: lastFolders,
      name: segments.at(-1) ?? '',
      isNameChanged,
      records: isSkipped ? [] : rankRecords(input.recorded(image), segments),
    };
  };
}

function isSame(left: readonly string[], right: readonly string[]): boolean {
  return left.length === right.length && left.every((text, index) => text === right[index]);
}

function noteBits(flags: Readonly<Record<PlanNote, boolean>>): number {
  return planNotes.reduce((bits, note, index) => bits | (flags[note] ? 1 << index : 0), 0);
}

function notesOf(bits: number): readonly PlanNote[] {
  return planNotes.filter((_, index) => bits & (1 << index));
}

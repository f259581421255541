import { expect, test } from 'vitest';
import type { ImageList } from '../../main/domain/image-list.ts';
import { ok } from '../../main/domain/result.ts';
import { createExportService } from '../../main/exports/export-service.ts';
import { catalogueImage } from '../support/catalogue-images.ts';
import { must } from '../support/core.ts';

/** Images of these ids, of which those below `from` are no more when they are read. */
function listOf(length: number, lost: number): ImageList {
  return {
    length,
    async *pieces(from = 0, to = length) {
      const positions = Array.from({ length: Math.min(to, length) - from }, (_, index) => from + index);
      yield positions.filter((id) => id >= lost).map((id) => catalogueImage({ id, name: `${String(id)}.png` }));
    },
  };
}

test.each([0, 500, 1_000, 1_700, 2_500])(
  'JSON is whole where the first %i images went while it is read',
  async (lost) => {
    const service = createExportService({
      imagesOf: async () => ok(listOf(2_500, lost)),
      diskFailure: () => undefined,
    });
    const { handle } = must(await service.open({ query: '', selection: null }, { format: 'json' }));
    let text = '';
    for (let from: number | null = 0; from !== null;) {
      const piece: { text: string; next: number | null } = must(await service.read(handle, from));
      text += piece.text;
      from = piece.next;
    }
    const ids = (JSON.parse(text) as { id: number }[]).map(({ id }) => id);
    expect(ids).toEqual(Array.from({ length: 2_500 - lost }, (_, index) => lost + index));
  },
);

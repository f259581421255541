import { expect, test } from 'vitest';
import { toImageJson } from '../../main/contract/image-json.ts';
import { toImageRow } from '../../main/contract/image-row.ts';
import type { ImageList } from '../../main/domain/image/image-list.ts';
import { ok } from '../../main/domain/result.ts';
import { csvRecord } from '../../main/features/exports/csv.ts';
import { createExportService } from '../../main/features/exports/export-service.ts';
import { catalogueImage } from '../support/catalogue-images.ts';
import { must } from '../support/core.ts';

/** Lists images by id; those below `lost` are gone by the time they are read. */
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

/** Returns the third cell, as written, of the record of an image with this name. */
function nameCell(name: string, separator: string): string {
  const image = { ...toImageJson(toImageRow(catalogueImage({ id: 1, name: 'n.png' }))), name };
  const record = csvRecord(image, separator);
  const before = csvRecord({ ...image, name: '' }, separator);
  const at = before.indexOf(`${separator}1${separator}`) + 2 + separator.length;
  return record.slice(at, record.length - (before.length - at));
}

test.each([',', ';', '\t'])('CSV quotes what any program takes for a separator or strips: %j', (separator) => {
  const odd = ['a;b', 'a\tb', 'a,b', 'a|b', 'a\rb', 'a\nb', ' a', 'a ', '\u00a0a', 'a\u2028b', 'x;=1+1'];
  for (const name of odd) expect(nameCell(name, separator)).toBe(`"${name}"`);
  expect(nameCell('a"b', separator)).toBe('"a""b"');
  expect(nameCell('\t=1', separator)).toBe('"\'\t=1"');
  for (const plain of ['a b.png', 'a-b', 'ä', "it's"]) expect(nameCell(plain, separator)).toBe(plain);
});

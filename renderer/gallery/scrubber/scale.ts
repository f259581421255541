import type { z } from 'zod';
import type { ImageRow, ResultScale } from '../../../main/contract/commands/catalogue.ts';
import type { Format } from '../../../main/messages/format.ts';

/** What a result sorts by, at marks along it. */
export type Scale = z.output<typeof ResultScale>;
export type Mark = Scale['marks'][number];
/** `at`: the share of the way along the result, 0 to 1. */
export type Label = { readonly at: number; readonly text: string };

/** Less than this between two labels is unreadable. */
const labelHeight = 34;
const longestText = 24;

/** The mark at or before a position. */
export function markAt({ marks }: Scale, position: number): Mark | undefined {
  return marks.findLast((mark) => mark.position <= position) ?? marks[0];
}

/** A value as people read it there: a size, a day, the beginning of a name. '' where it is unknown. */
export function describeMark({ sort }: Scale, mark: Mark | undefined, format: Format): string {
  const value = mark?.value ?? null;
  if (value === null) return '';
  if (typeof value === 'string') return [...value].slice(0, longestText).join('');
  if (sort.key === 'size') return format.size(value);
  if (sort.key === 'seen') return format.day(value);
  return sort.key === 'width' ? `${format.count(value)} px` : String(value);
}

/** What a row sorts by, as its mark would say it. */
export function markOf({ sort }: Scale, position: number, row: ImageRow): Mark {
  const values = {
    ...{ size: row.size.bytes, seen: row.firstSeen, id: row.id, width: row.width },
    ...{ name: row.name, ext: row.ext, folder: row.folder },
  };
  return { position, value: values[sort.key] };
}

/** Labels that have room along `height` px, each text once in a row. */
export function labelsAlong(scale: Scale, count: number, format: Format, height: number): readonly Label[] {
  const labels: Label[] = [];
  const room = labelHeight / Math.max(1, height);
  for (const mark of scale.marks) {
    const at = count <= 1 ? 0 : mark.position / (count - 1);
    const text = shorten(scale, mark, format);
    const before = labels.at(-1);
    if (text !== '' && text !== before?.text && (before === undefined || at - before.at >= room)) {
      labels.push({ at, text });
    }
  }
  return labels;
}

function shorten(scale: Scale, mark: Mark, format: Format): string {
  const text = describeMark(scale, mark, format);
  if (scale.sort.key === 'id' && typeof mark.value === 'number') return format.short(mark.value);
  if (typeof mark.value !== 'string') return text;
  const length = scale.sort.key === 'name' ? 1 : 5;
  return [...text].slice(0, length).join('').toUpperCase();
}

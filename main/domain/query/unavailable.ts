import { wrong, type FieldReader } from './parse/field-reading.ts';
import { notAvailable } from './mistake.ts';
import { numberExtent, readLoose } from './parse/loose-values.ts';
import { readList } from './parse/words.ts';

/** Fields whose feature doesn't exist yet: no image could match, which would look like a result. */
export const unavailableFields: readonly string[] = [
  'tag',
  'has',
  'note',
  'rating',
  'orientation',
  'text',
  'color',
  'camera',
  'taken',
];

/** Values of `is:` whose feature doesn't exist yet. */
export const unavailableStates: readonly string[] = ['duplicate', 'picked', 'rejected'];

/** Reads a field of `unavailableFields` with all of its values, such as `>= 3`. */
export const readUnavailable: FieldReader = ({ text, start, valueStart }) => {
  const { end } = readList(text, valueStart, (whole, at) => readLoose(numberExtent.first, true, whole, at));
  return wrong(end, notAvailable({ start, end }, text.slice(start, end)));
};

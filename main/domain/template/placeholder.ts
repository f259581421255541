import type { TextRange } from '../text/normalize.ts';
import {
  templateFields,
  templateFilters,
  type TemplateField,
  type TemplateFilter,
  type TemplateMistake,
  type TemplatePlaceholder,
} from './tree.ts';

/** The format of a date without one. */
export const plainDateFormat = 'YYYY-MM-DD';

const dateForm = /^(?:YYYY|YY|MM|DD|HH|mm|ss|[-_. ])+$/;
const numberForm = /^0{1,12}$/;

type Read = { readonly placeholder: TemplatePlaceholder } | { readonly mistakes: readonly TemplateMistake[] };

/** Reads what stands between `{` and `}`: `field`, `field:format`, `field|filter|filter`. `range` includes the braces. */
export function readPlaceholder(body: string, range: TextRange): Read {
  const [head = '', ...filterTexts] = body.split('|');
  const colon = head.indexOf(':');
  const fieldText = colon < 0 ? head : head.slice(0, colon);
  const format = colon < 0 ? '' : head.slice(colon + 1);
  const start = range.start + 1;
  const field = templateFields.find((known) => known === fieldText);
  const filters: TemplateFilter[] = [];
  const mistakes: TemplateMistake[] = [];
  if (field === undefined) mistakes.push(unknownField(fieldText, { start, end: start + fieldText.length }));
  else if (colon >= 0) {
    mistakes.push(...checkFormat(field, format, { start: start + colon, end: start + head.length }));
  }
  let at = start + head.length + 1;
  for (const text of filterTexts) {
    const filter = templateFilters.find((known) => known === text);
    if (filter === undefined) mistakes.push(unknownFilter(text, { start: at, end: at + text.length }));
    else filters.push(filter);
    at += text.length + 1;
  }
  if (field === undefined || mistakes.length > 0) return { mistakes };
  return { placeholder: { kind: 'placeholder', field, format, filters, ...range } };
}

function unknownField(text: string, range: TextRange): TemplateMistake {
  const expected = templateFields.map((field) => `{${field}}`);
  const message =
    text === ''
      ? `A placeholder needs a name: ${expected.join(', ')}.`
      : `There is no placeholder {${text}}. Known are ${expected.join(', ')}.`;
  return { ...range, message, expected };
}

function unknownFilter(text: string, range: TextRange): TemplateMistake {
  const message = `There is no filter '${text}'. Known are ${templateFilters.join(', ')}.`;
  return { ...range, message, expected: [...templateFilters] };
}

function checkFormat(field: TemplateField, format: string, range: TextRange): readonly TemplateMistake[] {
  if (field === 'seen') {
    if (dateForm.test(format)) return [];
    const message = `{seen} takes a date's form such as YYYY-MM, of YYYY, YY, MM, DD, HH, mm, ss and - _ . or a space; for folders write {seen:YYYY}/{seen:MM}.`;
    return [{ ...range, message, expected: ['YYYY-MM', plainDateFormat] }];
  }
  if (field === 'index' || field === 'id') {
    if (numberForm.test(format)) return [];
    const message = `{${field}} takes zeros for its shortest length, such as {${field}:0000}.`;
    return [{ ...range, message, expected: ['0000'] }];
  }
  return [
    { ...range, message: `{${field}} takes no format: leave out the ':' and what follows it.`, expected: ['}', '|'] },
  ];
}

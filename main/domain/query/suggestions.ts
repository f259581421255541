import { typeNamed } from '../image-check/extensions.ts';
import { closestOf } from './parse/closest.ts';
import { relativeDateNames } from './parse/calendar.ts';
import { parseSizeTest } from './comparison.ts';
import { datesOf, parseAge } from './parse/dates.ts';
import { sortKeys } from './query-tree.ts';
import { quote } from './parse/words.ts';

/** Maps the words that people and other programs use to those of the query language, from the words for each of these. */
function byOtherName(words: Readonly<Record<string, string>>): ReadonlyMap<string, string> {
  return new Map(
    Object.entries(words).flatMap(([own, others]) => others.split(' ').map((other) => [other, own] as const)),
  );
}

const fieldsByOtherName = byOtherName({
  name: 'filename file title',
  ext: 'extension suffix',
  type: 'format kind',
  seen: 'date added created uploaded modified since',
  size: 'filesize bytes',
  folder: 'dir directory path subfolder',
  host: 'domain server site',
  tag: 'label keyword',
  rating: 'stars',
  width: 'w',
  height: 'h',
  sort: 'order orderby sortby',
  animated: 'animation',
  is: 'state',
  account: 'user',
});

const statesByOtherName = byOtherName({
  duplicate: 'dupe dup double',
  gone: 'deleted removed missing',
  downloaded: 'saved local',
  broken: 'failed error',
  changed: 'modified updated',
  new: 'added recent',
  approximate: 'unknown',
});

const sortsByOtherName = byOtherName({
  'size-desc': 'largest biggest large filesize bytes',
  'size-asc': 'smallest small',
  'id-desc': 'newest latest recent desc',
  'id-asc': 'oldest asc',
  'seen-desc': 'date added',
  'name-asc': 'alphabetical filename title az',
  'width-desc': 'widest',
  'ext-asc': 'extension',
});

export function suggestField(name: string, fields: readonly string[]): string | undefined {
  const typed = name.toLowerCase();
  const meant = fieldsByOtherName.get(typed) ?? closestOf(typed, fields);
  return meant !== undefined && fields.includes(meant) ? meant : undefined;
}

export function suggestChoice(choices: readonly string[]): (text: string) => readonly string[] {
  return (text) => {
    const typed = text.toLowerCase();
    const meant = statesByOtherName.get(typed);
    const choice = meant !== undefined && choices.includes(meant) ? meant : closestOf(typed, choices);
    return choice === undefined ? [] : [choice];
  };
}

export function suggestSort(text: string): readonly string[] {
  const [, key = '', direction = ''] = /^[^a-z]*([a-z]*)[^a-z]*([a-z]*)/.exec(text.toLowerCase()) ?? [];
  const meant = sortsByOtherName.get(key);
  if (meant !== undefined) return [meant];
  const closest = closestOf(key, sortKeys);
  if (closest === undefined) return [];
  const falls = closestOf(direction, ['desc', 'asc', 'descending', 'ascending', 'down', 'up']);
  if (falls === undefined) return [closest];
  return [`${closest}-${falls.startsWith('d') ? 'desc' : 'asc'}`];
}

/** Units by their first letter: `500kbb` and `500 Ko` are 500kb. */
export function suggestSize(text: string): readonly string[] {
  const bare = /^0*([1-9][0-9.,]*)\s*(?:\.{2,3}|-)\s*([0-9.,]+\s*[kmgt]b?)$/i.exec(text);
  const tried = bare ? ['b', 'kb', 'mb', 'gb'].map((unit) => `${bare[1]}${unit}..${bare[2]}`) : [withUnits(text)];
  const sound = tried.filter((one) => one !== text && parseSizeTest(one) !== null);
  return sound.slice(-1);
}

function withUnits(text: string): string {
  return text
    .replace(/([0-9])\s*([kmgt])\p{L}*/giu, (_, digit: string, unit: string) => `${digit}${unit.toLowerCase()}b`)
    .replace(/(?<![0-9])[.,](?=[0-9])/g, '0.')
    .replace(/[,;.]+$/, '');
}

export function suggestSeen(text: string): readonly string[] {
  const age = /^([<>]=?)?\s*(.*?)(?:\s+ago)?$/is.exec(text);
  const within = parseAge(age?.[2] ?? '');
  if (within?.op === 'within') {
    const plain = `${within.amount}${within.unit}`;
    return age?.[1] === undefined ? [plain] : [plain, `-seen:${plain}`];
  }
  const years = /^([0-9]{4})-([0-9]{4})$/.exec(text);
  if (years && Number(years[1]) < Number(years[2])) return [`${years[1]}..${years[2]}`];
  const [, sign = '', date = ''] = /^([<>]?=?)\s*(.*)$/s.exec(text) ?? [];
  const dates = datesOf(date);
  if (dates.length > 0) return dates.map((one) => sign + one);
  const name = closestOf(date.replace(/\s/g, '-'), relativeDateNames);
  return name === undefined ? [] : [sign + name];
}

/** Only these quotes hold words together. */
export function suggestQuotes(text: string): readonly string[] {
  const inner = /^['‘’](.+?)['‘’]?$/s.exec(text)?.[1];
  return inner === undefined ? [] : [quote(inner)];
}

/** `1920x1080` is a width and a height. */
export function suggestPixels(text: string): readonly string[] {
  const parts = /^([0-9]+)\s*[x×*]\s*([0-9]+)$/i.exec(text);
  return parts ? [`width:${parts[1]} height:${parts[2]}`] : [];
}

/** `(png OR jpg)`, `png|jpg` and `jp*g` have extensions in them. */
export function suggestExtensions(text: string): readonly string[] {
  const parts = text.split(/\bOR\b|[^a-z0-9]+/i).filter((part) => part !== '');
  return parts.length > 1 && !text.includes('*') ? [parts.join(',')] : [];
}

export function suggestType(types: readonly string[]): (text: string) => readonly string[] {
  return (text) => {
    const closest = closestOf(typeNamed(text), types);
    return closest === undefined ? [] : [closest];
  };
}

import { plainLetters } from '../text/normalize.ts';
import type { CatalogueImage } from '../image/image.ts';
import { fallbackName, splitExtension } from '../files/names.ts';
import { isImageExtension } from '../image-check/extensions.ts';
import { fitPath, type FittedPath } from './fit-path.ts';
import { plainDateFormat } from './placeholder.ts';
import type { Template, TemplateFilter, TemplatePiece, TemplatePlaceholder } from './tree.ts';

/** What a template may ask of an image. Nothing that is learned only from its bytes, or a second run would save it anew. */
export type TemplateImage = Pick<
  CatalogueImage,
  'account' | 'folder' | 'name' | 'ext' | 'id' | 'sizeText' | 'firstSeen' | 'tags' | 'host'
>;

/** More of a value never reaches a name. UTF-16 units. */
const longestValue = 1024;

type Segment = {
  text: string;
  /** Whether it starts with a dot only because a placeholder before it was empty. */
  isHeadless: boolean;
  hadEmpty: boolean;
  endsInText: boolean;
};

/**
 * The image's path under the destination, portable whatever the values: a value never starts a folder, empty folders
 * vanish, an empty file name becomes the image's own. `index` counts from 1; `{size}` is the API's text, `{tag}` the
 * first tag, `{seen}` local time.
 */
export function renderTemplate(template: Template, image: TemplateImage, index: number): FittedPath {
  const segments: Segment[] = [newSegment()];
  for (const node of template.nodes) {
    if (node.kind !== 'group') writePiece(segments, node, image, index);
    else if (node.pieces.every((piece) => piece.kind !== 'placeholder' || valueOf(piece, image, index) !== '')) {
      for (const piece of node.pieces) writePiece(segments, piece, image, index);
    }
  }
  const file = segments.pop();
  const folders = segments.map((segment) => segment.text).filter((text) => text !== '');
  return fitPath([...folders, fileName(file, image)]);
}

function newSegment(): Segment {
  return { text: '', isHeadless: false, hadEmpty: false, endsInText: false };
}

function fileName(file: Segment | undefined, image: TemplateImage): string {
  if (file === undefined || file.text === '') return visibleName(image.name);
  return file.isHeadless ? visibleStem(image.name) + file.text : file.text;
}

/** The stem of a picture's name without the dots that would hide the file: `unnamed.png` for `.png`, `a` for `.a.png`. */
function visibleStem(name: string): string {
  const { stem, ext } = splitExtension(name);
  const shown = stem.replace(/^\.+/, '');
  if (shown === stem || !isImageExtension((ext === '' ? shown : ext).toLowerCase())) return stem;
  if (ext === '') return `${fallbackName}.${shown}`;
  return shown === '' ? fallbackName : shown;
}

function visibleName(name: string): string {
  const { ext } = splitExtension(name);
  return ext === '' ? visibleStem(name) : `${visibleStem(name)}.${ext}`;
}

function writePiece(segments: Segment[], piece: TemplatePiece, image: TemplateImage, index: number): void {
  const segment = segments.at(-1);
  if (piece.kind === 'separator' || segment === undefined) {
    segments.push(newSegment());
    return;
  }
  const text = piece.kind === 'text' ? piece.text : valueOf(piece, image, index);
  if (text === '') {
    // A name without an extension takes no dot for it.
    const isLostExtension = piece.kind === 'placeholder' && piece.field === 'ext' && segment.endsInText;
    if (isLostExtension && segment.text.endsWith('.')) segment.text = segment.text.slice(0, -1);
    segment.hadEmpty = true;
    return;
  }
  if (segment.text === '') segment.isHeadless = segment.hadEmpty && text.startsWith('.');
  segment.text += text;
  segment.endsInText = piece.kind === 'text';
}

function valueOf(piece: TemplatePlaceholder, image: TemplateImage, index: number): string {
  const value = plainValue(piece, image, index);
  const short = value.length > longestValue ? value.slice(0, longestValue) : value;
  return piece.filters.reduce(filtered, short);
}

function plainValue({ field, format }: TemplatePlaceholder, image: TemplateImage, index: number): string {
  switch (field) {
    case 'account':
      return image.account;
    case 'folder':
      return image.folder;
    case 'name':
      return visibleStem(image.name);
    case 'ext':
      return image.ext;
    case 'id':
      return String(image.id).padStart(format.length, '0');
    case 'size':
      return image.sizeText;
    case 'seen':
      return formatDate(new Date(image.firstSeen), format === '' ? plainDateFormat : format);
    case 'index':
      return String(index).padStart(format.length, '0');
    case 'tag':
      return image.tags[0] ?? '';
    case 'host':
      return image.host;
  }
}

function formatDate(date: Date, format: string): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const year = String(date.getFullYear()).padStart(4, '0');
  const parts: Readonly<Record<string, string>> = {
    YYYY: year,
    YY: year.slice(-2),
    MM: two(date.getMonth() + 1),
    DD: two(date.getDate()),
    HH: two(date.getHours()),
    mm: two(date.getMinutes()),
    ss: two(date.getSeconds()),
  };
  return format.replace(/YYYY|YY|MM|DD|HH|mm|ss/g, (token) => parts[token] ?? token);
}

function filtered(value: string, filter: TemplateFilter): string {
  switch (filter) {
    case 'lower':
      return value.toLowerCase();
    case 'upper':
      return value.toUpperCase();
    case 'slug':
      return plainLetters(value)
        .replace(/[^\p{L}\p{M}\p{N}]+/gu, '-')
        .replace(/^-|-$/g, '');
    case 'ascii':
      return toAscii(value);
  }
}

/** Marks go, known letters become plain ones and keep their case, all else beyond ASCII is `_`. */
function toAscii(value: string): string {
  return value
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\0-\x7f]/gu, (letter) => {
      const plain = plainLetters(letter);
      if (!/^[\0-\x7f]+$/.test(plain)) return '_';
      return letter === letter.toLowerCase() ? plain : plain.toUpperCase();
    });
}

import type { ImageNaming } from './image.ts';

/** The name of an image whose URL has none. */
export const fallbackName = 'unnamed';

/** At most 16 ASCII letters and digits with a letter among them, so that `at 10.32.15` and `v1.2 final` have none. */
const extensionForm = /^(?=[0-9]*[a-z])[a-z0-9]{1,16}$/i;

/** `ext` as it is written, without the dot; '' where the name has none: `.hidden`, `a.`, `a.b c`. */
export function splitExtension(name: string): { readonly stem: string; readonly ext: string } {
  const dot = name.lastIndexOf('.');
  const ext = dot > 0 && name.length - dot <= 17 ? name.slice(dot + 1) : '';
  return extensionForm.test(ext) ? { stem: name.slice(0, dot), ext } : { stem: name, ext: '' };
}

/**
 * What an image is called: the last segment of its URL's path that is not blank, percent-decoded once, in NFC; without
 * any, `unnamed`. Any text is taken, as lists hold odd ones; the host is without its port.
 */
export function nameImage(url: string): ImageNaming {
  const { host, path } = splitUrl(url);
  const { name, folders } = lastName(path);
  return {
    name,
    ext: splitExtension(name).ext.toLowerCase(),
    folder: /(?:^|\/)(sub-[0-9]+)(?=\/)/i.exec(folders)?.[1] ?? '',
    host,
  };
}

/** As browsers read it: no tabs or line ends, blanks around it dropped, `\` as `/`. */
function splitUrl(url: string): { host: string; path: string } {
  const text = trimBlanks(url.replace(/[\t\n\r]/g, '')).replaceAll('\\', '/');
  const scheme = /^[a-z][a-z0-9+.-]*:/i.exec(text.slice(0, 40))?.[0] ?? '';
  const isWeb = /^https?:$/i.test(scheme);
  const end = text.slice(scheme.length).search(/[?#]/);
  const rest = end < 0 ? text.slice(scheme.length) : text.slice(scheme.length, scheme.length + end);
  if (!isWeb && !rest.startsWith('//')) return { host: '', path: rest };
  let start = 0;
  while (rest[start] === '/' && (isWeb || start < 2)) start++;
  const slash = rest.indexOf('/', start);
  const authority = slash < 0 ? rest.slice(start) : rest.slice(start, slash);
  const host = authority.slice(authority.lastIndexOf('@') + 1).replace(/:[0-9]{0,6}$/, '');
  return { host: host.toLowerCase(), path: slash < 0 ? '' : rest.slice(slash) };
}

function trimBlanks(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && text.charCodeAt(start) <= 0x20) start++;
  while (end > start && text.charCodeAt(end - 1) <= 0x20) end--;
  return text.slice(start, end);
}

/** `folders` is the path before the name, with its last slash. */
function lastName(path: string): { name: string; folders: string } {
  let end = path.length;
  while (end > 0) {
    const start = path.lastIndexOf('/', end - 1) + 1;
    const segment = path.slice(start, end);
    if (!/^(?:\.|%2e){1,2}$/i.test(segment)) {
      const name = decodeOnce(segment).toWellFormed().normalize('NFC');
      if (/\S/.test(name)) return { name, folders: path.slice(0, start) };
    }
    end = start - 1;
  }
  return { name: fallbackName, folders: '' };
}

/** Percent escapes that make UTF-8 are decoded; whatever else holds a `%` stays as it is. */
function decodeOnce(text: string): string {
  let decoded = '';
  let done = 0;
  let percent = text.indexOf('%');
  while (percent >= 0) {
    const point = codePointAt(text, percent);
    if (point < 0) {
      percent = text.indexOf('%', percent + 1);
      continue;
    }
    decoded += text.slice(done, percent) + String.fromCodePoint(point);
    done = percent + 3 * bytesOf(point);
    percent = text.indexOf('%', done);
  }
  return decoded + text.slice(done);
}

/** The code point that the escapes at this place spell in the shortest UTF-8, else -1. */
function codePointAt(text: string, at: number): number {
  const lead = byteAt(text, at);
  if (lead < 0x80) return lead;
  const length = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (length === 0) return -1;
  let point = lead & (0x7f >> length);
  for (let index = 1; index < length; index++) {
    const byte = byteAt(text, at + 3 * index);
    if ((byte & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (byte & 0x3f);
  }
  const isSound = point <= 0x10ffff && (point & ~0x7ff) !== 0xd800 && bytesOf(point) === length;
  return isSound ? point : -1;
}

function byteAt(text: string, at: number): number {
  const digits = text.slice(at + 1, at + 3);
  return text[at] === '%' && /^[0-9a-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : -1;
}

function bytesOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

import type { ImageNaming } from '../image/image.ts';

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
  const plain = plainUrl.exec(url);
  if (plain !== null) return naming(plain[1] ?? '', plain[2] ?? '', readName(plain[3] ?? ''));
  const { host, path } = splitUrl(url);
  const { name, folders } = lastName(path);
  return naming(host, folders, name);
}

/** Host, folders and last segment of nearly every URL: those without anything that has to be looked at more closely. */
const plainUrl = /^https?:\/\/([a-z0-9.-]+)(\/(?:[^\0-\x20\\?#/]*\/)*)([a-zA-Z0-9_][^\0-\x20\\?#/]*)$/;

function naming(host: string, folders: string, name: string): ImageNaming {
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
      const name = readName(segment);
      if (/\S/.test(name)) return { name, folders: path.slice(0, start) };
    }
    end = start - 1;
  }
  return { name: fallbackName, folders: '' };
}

function readName(segment: string): string {
  return withoutParameters(decodeOnce(segment).toWellFormed().normalize('NFC'));
}

/** Parameters behind a name with an extension, as in `a.png;jsessionid=1F`; an encoded `?` may begin them too. */
const parameters = /^[;?][\w.-]{1,64}=[^?]*$/;

function withoutParameters(name: string): string {
  const start = name.search(/[;?]/);
  if (start < 1) return name;
  const [head, tail] = [name.slice(0, start), name.slice(start)];
  const isParameters = /^;jsessionid=/i.test(tail) || (splitExtension(head).ext !== '' && parameters.test(tail));
  return isParameters ? head : name;
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
  if (text[at] !== '%') return -1;
  const high = digitAt(text, at + 1);
  const low = digitAt(text, at + 2);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

/** Of a hexadecimal number; -1 where there is none. */
function digitAt(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const letter = (code | 0x20) - 0x61;
  return letter >= 0 && letter < 6 ? letter + 10 : -1;
}

function bytesOf(point: number): number {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

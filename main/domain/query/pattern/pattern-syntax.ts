/** A regular expression as far as its cost and a linear machine need to know it. */
export type Piece =
  /** Takes one character: `source` is a literal, an escape, a class or `.`, to be tested as a pattern of its own. */
  | { readonly kind: 'one'; readonly source: string }
  /** Takes nothing: a place in the text. */
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' | 'word' | 'inside' }
  | { readonly kind: 'sequence'; readonly parts: readonly Piece[] }
  | { readonly kind: 'choice'; readonly branches: readonly Piece[] }
  | { readonly kind: 'repeat'; readonly part: Piece; readonly least: number; readonly most: number }
  /** Looking ahead or behind, in groups and by back-references, only the engine itself can do. */
  | { readonly kind: 'look'; readonly part: Piece }
  | { readonly kind: 'special' };

/** What is still to be read. */
type Reader = { rest: string; readonly isUnicode: boolean };

const quantifier = /^(?:[*+?]|\{(\d+)(?:(,)(\d*))?\})\??/;
const opening = /^\((?:\?(?:(:)|<[^=!>][^>]*>|(<?[=!])|([^:]*:)))?/;
const edge = /^(?:\^|\$|\\b|\\B)/;
const plainEscape = /^\\(?:[dDwWsStnrvf]|0(?!\d)|[^a-zA-Z0-9])/;
const unicodeEscape =
  /^\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u\{[0-9a-fA-F]+\}|u[0-9a-fA-F]{4}|x[0-9a-fA-F]{2}|c[a-zA-Z]|[pP]\{[^}]*\})/;
const escapedClass = /^\[(?:\\[^]|[^\]\\])*\]/;

/** Takes the source of a regular expression that the engine has accepted, with the flag `u` or without. */
export function parsePattern(source: string, isUnicode: boolean): Piece {
  return readChoice({ rest: source, isUnicode });
}

function take(reader: Reader, length: number): string {
  const taken = reader.rest.slice(0, length);
  reader.rest = reader.rest.slice(length);
  return taken;
}

function readChoice(reader: Reader): Piece {
  const branches = [readSequence(reader)];
  while (reader.rest.startsWith('|')) {
    take(reader, 1);
    branches.push(readSequence(reader));
  }
  return branches.length === 1 && branches[0] ? branches[0] : { kind: 'choice', branches };
}

function readSequence(reader: Reader): Piece {
  const parts: Piece[] = [];
  while (reader.rest !== '' && !/^[|)]/.test(reader.rest)) parts.push(readRepeat(reader, readPiece(reader)));
  return parts.length === 1 && parts[0] ? parts[0] : { kind: 'sequence', parts };
}

function readRepeat(reader: Reader, part: Piece): Piece {
  const found = quantifier.exec(reader.rest);
  if (!found) return part;
  const sign = take(reader, found[0].length)[0];
  if (sign !== '{') return { kind: 'repeat', part, least: sign === '+' ? 1 : 0, most: sign === '?' ? 1 : Infinity };
  const least = Number(found[1]);
  const most = found[2] === undefined ? least : found[3] === '' ? Infinity : Number(found[3]);
  return { kind: 'repeat', part, least, most };
}

function readPiece(reader: Reader): Piece {
  const { rest } = reader;
  if (rest.startsWith('(')) return readGroup(reader);
  const place = edge.exec(rest)?.[0];
  if (place !== undefined) return readEdge(take(reader, place.length));
  if (rest.startsWith('\\')) return readEscape(reader);
  const ownClass = escapedClass.exec(rest);
  if (ownClass) return { kind: 'one', source: take(reader, ownClass[0].length) };
  const character = take(reader, reader.isUnicode ? String.fromCodePoint(rest.codePointAt(0) ?? 0).length : 1);
  return { kind: 'one', source: '{}]/'.includes(character) ? '\\' + character : character };
}

function readEdge(sign: string): Piece {
  if (sign === '^') return { kind: 'edge', at: 'start' };
  if (sign === '$') return { kind: 'edge', at: 'end' };
  return { kind: 'edge', at: sign === '\\b' ? 'word' : 'inside' };
}

function readGroup(reader: Reader): Piece {
  const found = opening.exec(reader.rest);
  take(reader, found?.[0].length ?? 1);
  const part = readChoice(reader);
  take(reader, 1);
  if (found?.[2] !== undefined) return { kind: 'look', part };
  if (found?.[3] !== undefined) return { kind: 'sequence', parts: [part, { kind: 'special' }] };
  return part;
}

function readEscape(reader: Reader): Piece {
  const found = plainEscape.exec(reader.rest) ?? (reader.isUnicode ? unicodeEscape.exec(reader.rest) : null);
  if (found) return { kind: 'one', source: take(reader, found[0].length) };
  take(reader, 2);
  return { kind: 'special' };
}

import type { Scan } from './byte-feed.ts';
import { ascii } from './integers.ts';

/** Passes over everything up to and including the first of one ASCII character. Keeps no state: one serves many times. */
export function pastCharacter(character: string): Scan {
  const code = character.charCodeAt(0);
  return (bytes, start) => bytes.indexOf(code, start) + 1 || -1;
}

/** Passes over everything up to and including the ASCII text `pattern`, however it is spread over chunks. */
export function past(pattern: string): Scan {
  const wanted = Array.from(pattern, (character) => character.charCodeAt(0));
  const fallback = fallbacks(wanted);
  const first = wanted[0] ?? 0;
  let matched = 0;
  return (bytes, start) => {
    for (let at = start; at < bytes.length; at += 1) {
      if (matched === 0) {
        at = bytes.indexOf(first, at);
        if (at < 0) return -1;
      }
      const byte = bytes[at];
      while (matched > 0 && byte !== wanted[matched]) matched = fallback[matched - 1] ?? 0;
      if (byte === wanted[matched]) matched += 1;
      if (matched === wanted.length) return at + 1;
    }
    return -1;
  };
}

/** For each length matched: how much of it still counts when the next byte does not fit (Knuth, Morris, Pratt). */
function fallbacks(wanted: readonly number[]): readonly number[] {
  const table = [0];
  for (let i = 1, length = 0; i < wanted.length; i += 1) {
    while (length > 0 && wanted[i] !== wanted[length]) length = table[length - 1] ?? 0;
    if (wanted[i] === wanted[length]) length += 1;
    table.push(length);
  }
  return table;
}

export type StopScan = {
  readonly scan: Scan;
  /** The byte that it stopped behind, as a character. */
  stop(): string;
  /** The first bytes before it, at most 64, as Latin-1. */
  text(): string;
};

const keptCharacters = 64;

/** Which bytes to stop at: 1 at each byte's own value. */
export type Stops = Uint8Array;

/** Stops at each of these ASCII characters. */
export function stopsAt(characters: string): Stops {
  return Uint8Array.from({ length: 256 }, (_, byte) => (characters.includes(String.fromCharCode(byte)) ? 1 : 0));
}

export const whiteSpace = ' \t\r\n\f';

/** Stops at whatever is no white space. */
export const stopsBehindSpace: Stops = stopsAt(whiteSpace).map((stop) => 1 - stop);

/** Passes over everything up to and including the first byte that is one of `stops`. */
export function pastNext(stops: Stops): StopScan {
  let text = '';
  let stopped = 0;
  return {
    scan(bytes, start) {
      for (let at = start; at < bytes.length; at += 1) {
        stopped = bytes[at] ?? 0;
        if (stops[stopped] === 1) return at + 1;
        if (text.length < keptCharacters) text += String.fromCharCode(stopped);
      }
      return -1;
    },
    stop: () => String.fromCharCode(stopped),
    text: () => text,
  };
}

export type TagScan = {
  readonly scan: Scan;
  /** The tag's first bytes as Latin-1, without its `>`. */
  text(): string;
  /** It ended with `/>`. */
  isEmpty(): boolean;
};

const doubleQuote = 0x22;
const singleQuote = 0x27;
const tagEnd = 0x3e;
const slash = 0x2f;

/** Passes over the rest of a start tag up to its `>`; a `>` inside quotes does not end it. Keeps up to `keep` characters. */
export function tagRest(keep: number): TagScan {
  let text = '';
  let quote = 0;
  let last = 0;

  function remember(bytes: Uint8Array, start: number, end: number): void {
    const room = keep - text.length;
    if (room > 0) text += ascii(bytes, start, Math.min(end, start + room));
  }

  return {
    scan(bytes, start) {
      let at = start;
      while (at < bytes.length) {
        if (quote !== 0) {
          at = bytes.indexOf(quote, at) + 1;
          if (at === 0) break;
          quote = 0;
          continue;
        }
        const byte = bytes[at] ?? 0;
        if (byte === tagEnd) {
          remember(bytes, start, at);
          return at + 1;
        }
        if (byte === doubleQuote || byte === singleQuote) quote = byte;
        last = byte;
        at += 1;
      }
      remember(bytes, start, bytes.length);
      return -1;
    },
    text: () => text,
    isEmpty: () => last === slash,
  };
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** A cluster longer than this (a letter under a heap of marks) is cut inside. UTF-16 units. */
const longestCluster = 64;

/** Bytes that the text takes in UTF-8; a lone surrogate takes three, as its replacement does. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at);
    if (unit < 0x80) continue;
    if (unit < 0x800) bytes += 1;
    else if (isPairAt(text, at)) {
      bytes += 2;
      at++;
    } else bytes += 2;
  }
  return bytes;
}

/** The longest start of the text that takes at most `maxBytes` in UTF-8 and splits no character that a reader sees. */
export function truncateToBytes(text: string, maxBytes: number): string {
  const cut = unitsWithin(text, maxBytes);
  if (cut === text.length) return text;
  const cluster = graphemes.segment(text.slice(0, cut + longestCluster)).containing(cut);
  const start = cluster?.index ?? cut;
  return text.slice(0, start > 0 && cut - start <= longestCluster ? start : cut);
}

function unitsWithin(text: string, maxBytes: number): number {
  let bytes = 0;
  let at = 0;
  while (at < text.length) {
    const unit = text.charCodeAt(at);
    const isPair = isPairAt(text, at);
    bytes += unit < 0x80 ? 1 : unit < 0x800 ? 2 : isPair ? 4 : 3;
    if (bytes > maxBytes) return at;
    at += isPair ? 2 : 1;
  }
  return at;
}

function isPairAt(text: string, at: number): boolean {
  return (text.charCodeAt(at) & 0xfc00) === 0xd800 && (text.charCodeAt(at + 1) & 0xfc00) === 0xdc00;
}

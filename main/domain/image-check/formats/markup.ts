import { scan, take, type Walker, type Want } from '../byte-feed.ts';
import { ascii } from '../integers.ts';
import { svgSize } from './svg-size.ts';
import { past, pastCharacter, pastNext, stopsAt, stopsBehindSpace, tagRest, whiteSpace } from '../text-scans.ts';
import { damaged, emptyFile, notAnImage, webPage, wholeImage, type ImageVerdict } from '../verdict.ts';

type Reading<T> = Generator<Want, T, Uint8Array>;

const nameEnds = stopsAt(`${whiteSpace}/>`);
const documentTypeWordEnds = stopsAt(`${whiteSpace}>[`);
const documentTypeMarks = stopsAt(`<>[]"'`);
const pastOpen = pastCharacter('<');
const pastClose = pastCharacter('>');
const keptOfRootTag = 8192;
const keptOfOtherTags = 8;
/** A name may also begin with anything beyond ASCII. */
const nameBegins = /[A-Za-z_:]/;
/** Elements that an HTML page, or a bare piece of one, begins with (after WHATWG's MIME sniffing). */
const htmlNames = new Set(
  (
    'html head body title meta link base style script noscript iframe template div span p br hr a b i em strong font center ' +
    'h1 h2 h3 h4 h5 h6 table form main header footer nav section article ul ol dl pre blockquote img input'
  ).split(' '),
);

/** Text: an SVG up to the end of its root element, a web page, or neither. UTF-8, with or without its mark. */
export function* walkMarkup(): Walker {
  const first = pastNext(stopsBehindSpace);
  yield { kind: 'scan', scan: first.scan, orEnd: true };
  // Bytes EF BB BF: the mark is passed over, and so is white space behind it.
  if (first.stop() === '\u00ef') {
    if (ascii(yield take(2)) !== '\u00bb\u00bf') return notAnImage();
    yield { kind: 'scan', scan: first.scan, orEnd: true };
  }
  if (first.stop() === '{' || first.stop() === '[') return notAnImage('data (JSON) instead of a picture');
  if (whiteSpace.includes(first.stop())) return emptyFile();
  if (first.stop() !== '<') return notAnImage();
  for (;;) {
    const mark = ascii(yield take(1));
    if (mark === '!') {
      const verdict = yield* passDeclaration();
      if (verdict !== undefined) return verdict;
    } else if (mark === '?') {
      yield scan(past('?>'));
    } else {
      if (!nameBegins.test(mark)) return notAnImage();
      const name = pastNext(nameEnds);
      yield scan(name.scan);
      return yield* walkRoot(mark + name.text(), name.stop());
    }
    const next = pastNext(stopsBehindSpace);
    yield scan(next.scan);
    if (next.stop() !== '<') return notAnImage();
  }
}

/** Behind `<!`: a comment or a document type. Gives a verdict when that settles it. */
function* passDeclaration(): Reading<ImageVerdict | undefined> {
  const begin = ascii(yield take(2));
  if (begin === '--') {
    yield scan(past('-->'));
    return undefined;
  }
  const keyword = pastNext(documentTypeWordEnds);
  yield scan(keyword.scan);
  if ((begin + keyword.text()).toUpperCase() !== 'DOCTYPE') return notAnImage();
  if (keyword.stop() === '>' || keyword.stop() === '[') return notAnImage();
  const first = pastNext(stopsBehindSpace);
  yield scan(first.scan);
  if (first.stop() === '>' || first.stop() === '[') return notAnImage();
  const rest = pastNext(documentTypeWordEnds);
  yield scan(rest.scan);
  if ((first.stop() + rest.text()).toLowerCase() === 'html') return webPage();
  yield* passDocumentType(rest.stop());
  return undefined;
}

/** Up to the `>` of a document type, over its internal subset with declarations, quotes and comments of its own. */
function* passDocumentType(stoppedAt: string): Reading<void> {
  let stop = stoppedAt;
  let inSubset = false;
  for (;;) {
    if (stop === '>' && !inSubset) return;
    if (stop === '[') inSubset = true;
    if (stop === ']') inSubset = false;
    if (stop === '"' || stop === "'") yield scan(past(stop));
    if (stop === '<') {
      const mark = ascii(yield take(1));
      if (mark === '?') yield scan(past('?>'));
      if (mark === '!' && ascii(yield take(2)) === '--') yield scan(past('-->'));
    }
    const next = pastNext(documentTypeMarks);
    yield scan(next.scan);
    stop = next.stop();
  }
}

function* walkRoot(name: string, stop: string): Reading<ImageVerdict> {
  if (htmlNames.has(name.toLowerCase())) return webPage();
  if (!/^(?:[A-Za-z_][\w.-]*:)?svg$/.test(name)) return notAnImage('text (XML) instead of a picture');
  const tag = tagRest(keptOfRootTag);
  if (stop !== '>') yield scan(tag.scan);
  const size = svgSize(tag.text());
  if (tag.isEmpty() || (stop === '/' && tag.text() === '')) return wholeImage('svg', size);
  return yield* walkElements(size);
}

/** From behind the root's start tag to the end tag that closes it. */
function* walkElements(size: ReturnType<typeof svgSize>): Reading<ImageVerdict> {
  let depth = 1;
  let animated = false;
  while (depth > 0) {
    yield scan(pastOpen);
    const mark = (yield take(1))[0] ?? 0;
    if (mark === 0x2f) {
      yield scan(pastClose);
      depth -= 1;
    } else if (mark === 0x21) {
      const begin = ascii(yield take(2));
      yield scan(past(begin === '--' ? '-->' : begin === '[C' ? ']]>' : '>'));
    } else if (mark === 0x3f) {
      yield scan(past('?>'));
    } else {
      if (mark < 0x80 && !nameBegins.test(String.fromCharCode(mark))) return damaged('SVG');
      const mayAnimate = !animated && (mark === 0x61 || mark === 0x73);
      const tag = tagRest(mayAnimate ? keptOfOtherTags : 0);
      yield scan(tag.scan);
      if (mayAnimate) animated = /^(?:nimate|et(?:[\s/]|$))/.test(tag.text());
      if (!tag.isEmpty()) depth += 1;
    }
  }
  return wholeImage('svg', size, animated);
}

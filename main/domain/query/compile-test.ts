import { normalize } from '../text/normalize.ts';
import type { CatalogueImage } from '../image/image.ts';
import { isOtherExtension, typeNamed } from '../image-check/extensions.ts';
import { compilePattern } from './pattern/pattern.ts';
import type { ImageState, NumberField, QueryTest, WordField } from './query-tree.ts';
import type { IntegerSpan } from './spans.ts';
import { isWithin, numberSpan, seenSpan, sizeSpans } from './spans.ts';
import { compileWildcard } from './pattern/wildcard.ts';

type Test = (image: CatalogueImage, foldedName: string) => boolean;

const hasState: Readonly<Record<ImageState, (image: CatalogueImage) => boolean>> = {
  new: (image) => image.isNew,
  gone: (image) => image.gone,
  changed: (image) => image.isChanged,
  downloaded: (image) => image.savedPath !== null,
  duplicate: (image) => image.duplicate,
  broken: (image) => image.broken,
  approximate: (image) => image.exactBytes === null,
  other: ({ ext }) => isOtherExtension(ext),
};

/** One test of a query; what is not known of an image matches nothing. */
export function compileTest(test: QueryTest, now: number): Test {
  switch (test.kind) {
    case 'text': {
      const part = normalize(test.text);
      return (_, foldedName) => foldedName.includes(part);
    }
    case 'wildcard': {
      const matches = compileWildcard(normalize(test.pattern));
      return (_, foldedName) => matches(foldedName);
    }
    case 'pattern': {
      const matches = compilePattern(test.source);
      return (image) => typeof matches === 'function' && matches(image.name);
    }
    case 'word':
      return compileWords(test.field, wantedWords(test.field, test.values));
    case 'number':
      return compileNumbers(test.field, test.tests.map(numberSpan));
    case 'size': {
      const { exact, nominal } = sizeSpans(test.test);
      return ({ exactBytes, nominalBytes }) =>
        exactBytes === null ? nominalBytes !== null && isWithin(nominalBytes, nominal) : isWithin(exactBytes, exact);
    }
    case 'seen': {
      const spans = test.tests.map((one) => seenSpan(one, now));
      return (image) => spans.some((span) => isWithin(image.firstSeen, span));
    }
    case 'is': {
      const states = test.states.map((state) => hasState[state]);
      return (image) => states.some((has) => has(image));
    }
    case 'has':
      return (image) => image.tags.length > 0;
    case 'animated':
      return (image) => image.animated === test.value;
  }
}

/** The values as they compare: folded, formats by the catalogue's name for them. */
export function wantedWords(field: WordField, values: readonly string[]): ReadonlySet<string> {
  return new Set(values.map((value) => (field === 'type' ? typeNamed(normalize(value)) : normalize(value))));
}

function compileWords(field: WordField, wanted: ReadonlySet<string>): Test {
  const isWanted = remember((value) => wanted.has(normalize(value)));
  if (field === 'tag') return (image) => image.tags.some(isWanted);
  return (image) => {
    const value = image[field];
    return value !== null && isWanted(value);
  };
}

function compileNumbers(field: NumberField, spans: readonly IntegerSpan[]): Test {
  const single = new Set(spans.filter((span) => span.low === span.high).map((span) => span.low));
  const wide = spans.filter((span) => span.low !== span.high);
  return (image) => {
    const value = image[field];
    return value !== null && (single.has(value) || wide.some((span) => isWithin(value, span)));
  };
}

/** Folders, hosts and the like have few different values among many images. */
function remember(test: (value: string) => boolean): (value: string) => boolean {
  const known = new Map<string, boolean>();
  return (value) => {
    let answer = known.get(value);
    if (answer === undefined) {
      if (known.size >= 5_000) known.clear();
      answer = test(value);
      known.set(value, answer);
    }
    return answer;
  };
}

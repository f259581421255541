import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseQuery, sortOf } from '../../../main/domain/query/parse/parse-query.ts';
import { allOf } from '../../../main/domain/query/query-tree.ts';
import { colourQuery } from '../../../renderer/search/colour-query.ts';
import { withOrder, withoutOrder } from '../../../renderer/search/order-text.ts';
import { inScope } from '../../../renderer/search/scope.ts';
import { cutOut, termsOf } from '../../../renderer/search/terms.ts';
import { arbitraryQueryText } from '../../support/query-arbitraries.ts';

const bySize = { key: 'size', descending: true } as const;

describe('the order beside the text', () => {
  it('gives way to one that the text names, and reaches into no open quote', () => {
    expect(sortOf(parseQuery(withOrder('logo', bySize)))).toEqual(bySize);
    expect(sortOf(parseQuery(withOrder('logo sort:name', bySize)))).toEqual({ key: 'name', descending: false });
    expect(parseQuery(withOrder('"summer sale', bySize)).tree).toEqual({ kind: 'text', text: 'summer sale' });
    expect(parseQuery(withOrder('"summer ', bySize)).tree).toEqual({ kind: 'text', text: 'summer ' });
    expect(withOrder('logo', null)).toBe('logo');
  });

  it('is taken out of the text, and nothing else is', () => {
    expect(withoutOrder('logo sort:name ext:png sort:size-asc')).toBe('logo ext:png');
    expect(withoutOrder('"sort:name"  logo')).toBe('"sort:name"  logo');
    expect(withoutOrder('sort:size name:/a  b/')).toBe('name:/a  b/');
    expect(withoutOrder('draft -sort:size logo')).toBe('draft logo');
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(parseQuery(withoutOrder(text)).sort).toBeNull();
      }),
    );
  });
});

describe('a scope and the typed text', () => {
  it('both narrow the search, whatever the text leaves open', () => {
    const scope = 'account:"Brand team"';
    const both = (text: string) => parseQuery(inScope(scope, text));
    expect(both('logo').tree).toEqual(parseQuery(`${scope} logo`).tree);
    expect(both('seen:2026 "week"').tree).toEqual(parseQuery(`${scope} seen:2026 "week"`).tree);
    expect(both('id:100 "200" "300"').tree).toEqual(parseQuery(`${scope} id:100 "200" "300"`).tree);
    expect(both('logo OR banner').tree).toEqual(parseQuery(`${scope} (logo OR banner)`).tree);
    expect(both('"summer sale').tree).toEqual(parseQuery(`${scope} "summer sale"`).tree);
    expect(both('logo sort:name').sort).toEqual({ key: 'name', descending: false });
    expect(both('size:big').tree).toEqual(parseQuery(scope).tree);
    expect(parseQuery(inScope('-is:downloaded -is:other', 'a OR b')).tree).toEqual(
      parseQuery('-is:downloaded -is:other (a OR b)').tree,
    );
    expect(inScope('', 'logo  (')).toBe('logo  (');
  });

  it('whatever is typed means the same within all images, and nothing else is found within a scope', () => {
    fc.assert(
      fc.property(arbitraryQueryText, (text) => {
        const alone = parseQuery(text);
        const { tree, sort } = parseQuery(inScope('is:new', text));
        expect(sort).toEqual(alone.sort);
        expect(tree).toEqual(allOf([{ kind: 'is', states: ['new'] }, alone.tree]));
      }),
    );
  });
});

describe('colours of a query', () => {
  it('are pieces that add up to its text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.constantFrom('a ext:png -b size:big', 'sort:x OR (')), (text) => {
        expect(
          colourQuery(text, parseQuery(text).mistakes)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('mark fields and mistakes', () => {
    const text = 'logo ext:png size:big';
    expect(colourQuery(text, parseQuery(text).mistakes)).toEqual([
      { text: 'logo ', kind: 'plain' },
      { text: 'ext:png', kind: 'field' },
      { text: ' ', kind: 'plain' },
      { text: 'size:big', kind: 'mistake' },
    ]);
  });
});

describe('what matched', () => {
  it('is what is searched for in names, not what is excluded', () => {
    expect(termsOf(parseQuery('logo -draft (banner OR "summer sale") name:*q7* ext:png').tree)).toEqual([
      'logo',
      'banner',
      'summer sale',
      'q7',
    ]);
  });

  it('is found whatever its case and accents, overlaps as one', () => {
    expect(cutOut('Café-Logo.png', ['cafe', 'e-lo'])).toEqual([
      { text: 'Café-Lo', isMatch: true },
      { text: 'go.png', isMatch: false },
    ]);
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.array(fc.string(), { maxLength: 3 }), (text, terms) => {
        expect(
          cutOut(text, terms)
            .map((piece) => piece.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });
});

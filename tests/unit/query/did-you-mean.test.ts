import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';

/** Queries with the message of their only mistake. */
const mistaken: readonly (readonly [string, string])[] = [
  [
    'taag:hero',
    'There is no field "taag". Use one of name, ext, account, folder, host, type, id, width, height, size, seen, is, animated, sort, or search for "taag:hero" in quotes',
  ],
  ['sise:>5kb', 'There is no field "sise". Did you mean size:>5kb? To search for the text itself, put it in quotes'],
  [
    'extension:png',
    'There is no field "extension". Did you mean ext:png? To search for the text itself, put it in quotes',
  ],
  ['size:500kbb', 'size: expects a size such as 500kb, not "500kbb". Did you mean size:500kb?'],
  ['size:>500 Ko', 'size: expects a size such as 500kb, not ">500 Ko". Did you mean size:>500kb?'],
  ['size:5 pb', 'size: expects a size such as 500kb, not "5 pb"'],
  ['size:500..1mb', 'size: expects a size such as 500kb, not "500..1mb". Did you mean size:500kb..1mb?'],
  ['size:500kb,1mb', 'size: expects a size such as 500kb, not "500kb,1mb"'],
  ['size: big', 'size: expects a size such as 500kb, not "big"'],
  ['size:1mb .. 5kb', 'size: expects the lower end first, not "1mb .. 5kb". Did you mean size:5kb..1mb?'],
  ['ext: ', 'ext: expects an extension such as png'],
  ['ext: -draft', 'ext: expects an extension such as png'],
  ['ext: size:5kb', 'ext: expects an extension such as png'],
  ['ext:jp*g', 'ext: expects an extension such as png, not "jp*g"'],
  ['ext:png|jpg', 'ext: expects an extension such as png, not "png|jpg". Did you mean ext:png,jpg?'],
  ['ext:(png OR jpg)', 'ext: expects an extension such as png, not "(png OR jpg)". Did you mean ext:png,jpg?'],
  [
    'name:(logo OR sale)',
    'name: expects a part of a name, *logo* or a regular expression such as /^q\\d+/, not "(logo OR sale)". Did you mean (logo OR sale)?',
  ],
  [
    "account:'Brand team' x",
    'account: expects the name of an account such as "Brand team", not "\'Brand team\'". Did you mean account:"Brand team"?',
  ],
  [
    'width:1920 x 1080',
    'width: expects a number of pixels such as >1000, not "1920 x 1080". Did you mean width:1920 height:1080?',
  ],
  ['size:.5mb', 'size: expects a size such as 500kb, not ".5mb". Did you mean size:0.5mb?'],
  [
    'seen:monday',
    'seen: expects a date such as 2026-11-01 or >2026-11-01, or an age such as 7d (without < and >), not "monday"',
  ],
  ['folder:sub-*', 'folder: expects a folder such as sub-3, not "sub-*"'],
  ['type:photo', 'type: expects a format such as webp, not "photo"'],
  ['type:wepb', 'type: expects a format such as webp, not "wepb". Did you mean type:webp?'],
  ['is:dupe', 'is: expects one of new, gone, changed, downloaded, broken, approximate, other, not "dupe"'],
  [
    'is:donwloaded',
    'is: expects one of new, gone, changed, downloaded, broken, approximate, other, not "donwloaded". Did you mean is:downloaded?',
  ],
  ['has:tags', 'has:tags is not available yet'],
  ['rating: >= 3', 'rating: >= 3 is not available yet'],
  [
    'sort:largest',
    'sort: expects one of size, name, id, ext, seen, folder, width, such as size or size-asc, not "largest". Did you mean sort:size-desc?',
  ],
  [
    'sort:nmae-desc',
    'sort: expects one of size, name, id, ext, seen, folder, width, such as size or size-asc, not "nmae-desc". Did you mean sort:name-desc?',
  ],
  [
    'sort:size,name',
    'sort: expects one of size, name, id, ext, seen, folder, width, such as size or size-asc, not "size,name". Did you mean sort:size?',
  ],
  [
    'width:1920x1080',
    'width: expects a number of pixels such as >1000, not "1920x1080". Did you mean width:1920 height:1080?',
  ],
  [
    'seen:05/06/2026',
    'seen: expects a date such as 2026-11-01 or >2026-11-01, or an age such as 7d (without < and >), not "05/06/2026". Did you mean seen:2026-06-05 or seen:2026-05-06?',
  ],
  [
    'seen:7 days ago',
    'seen: expects a date such as 2026-11-01 or >2026-11-01, or an age such as 7d (without < and >), not "7 days ago". Did you mean seen:7d?',
  ],
  [
    'seen:>7d',
    'seen: expects a date such as 2026-11-01 or >2026-11-01, or an age such as 7d (without < and >), not ">7d". Did you mean seen:7d or -seen:7d?',
  ],
  [
    'seen:todya',
    'seen: expects a date such as 2026-11-01 or >2026-11-01, or an age such as 7d (without < and >), not "todya". Did you mean seen:today?',
  ],
  [
    'seen:31.11.2026',
    'seen: expects a date such as 2026-11-01 or >2026-11-01, or an age such as 7d (without < and >), not "31.11.2026"',
  ],
  [
    'seen:today..yesterday',
    'seen: expects the lower end first, not "today..yesterday". Did you mean seen:yesterday..today?',
  ],
  ['!ext:png', '"!ext:png" isn\'t part of the query language. Did you mean -ext:png?'],
  ['+ext:"png" logo', '"+ext:"png"" isn\'t part of the query language. Did you mean ext:"png"?'],
  ['ext!=png', '"ext!=png" isn\'t part of the query language. Did you mean -ext:png?'],
  ['is ≠ new', '"is ≠ new" isn\'t part of the query language. Did you mean -is:new?'],
  ['size<>5kb', '"size<>5kb" isn\'t part of the query language. Did you mean -size:5kb?'],
  ['/^q\\d+/', '"/^q\\d+/" isn\'t part of the query language. Did you mean name:/^q\\d+/?'],
  ['AND logo', 'AND expects a word on both sides, such as logo AND banner; to search for it, write "AND" in quotes'],
  ['logo AND', 'AND expects a word on both sides, such as logo AND banner; to search for it, write "AND" in quotes'],
  ['logo NOT', 'NOT expects a word after it, such as NOT draft'],
];

describe('what cannot be understood is a mistake', () => {
  test.each(mistaken)('%s', (typed, message) => {
    expect(parseQuery(typed).mistakes.map((mistake) => mistake.message)).toEqual([message]);
  });

  test.each(['colour:red', 'taag:hero', 'label:hero', 'stars:5'])(
    '%s suggests no field of a missing feature',
    (typed) => {
      const [mistake] = parseQuery(typed).mistakes;
      expect(mistake?.code).toBe('unknown-field');
      expect(mistake?.message).not.toContain('Did you mean');
    },
  );
});

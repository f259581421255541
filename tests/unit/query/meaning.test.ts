import { describe, expect, test } from 'vitest';
import { compilePredicate } from '../../../main/domain/query/compile-predicate.ts';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { printQuery } from '../../../main/domain/query/print-query.ts';
import { scanQuery } from '../../../main/domain/query/parse/scan.ts';
import { catalogueImage } from '../../support/catalogue-images.ts';
import { exampleNow } from '../../support/query-library.ts';

/** Pairs of a typed query and its canonical form. */
const understood: readonly (readonly [string, string])[] = [
  // Spaces after the colon, after an operator and before a unit.
  ['size:>500 kb', 'size:>500kb'],
  ['size: >500kb', 'size:>500kb'],
  ['size: > 500 KB logo', 'size:>500kb logo'],
  ['size:>= 500 kb', 'size:>=500kb'],
  ['size:>\u00a0500\u202fkb', 'size:>500kb'],
  ['size : >500kb', 'size:>500kb'],
  ['size:500kb .. 1mb', 'size:500kb..1mb'],
  ['size:500 kb ..1 mb', 'size:500kb..1mb'],
  ['size:500kb...1mb', 'size:500kb..1mb'],
  ['size:500kb…1mb', 'size:500kb..1mb'],
  ['size:500-800kb', 'size:500kb..800kb'],
  ['size:500..800kb', 'size:500kb..800kb'],
  ['size:500kb-1mb', 'size:500kb..1mb'],
  ['size:500 kb - 1 mb', 'size:500kb..1mb'],
  ['size:500kb to 1mb', 'size:500kb..1mb'],
  ['size:0..500kb', 'size:0b..500kb'],
  ['size:1,5mb', 'size:1.5mb'],
  ['size:> 1 000 kb', 'size:>1000kb'],
  ['size:=500kb', 'size:500kb'],
  ['size:=>500kb', 'size:>=500kb'],
  ['size:≥500kb', 'size:>=500kb'],
  ['size:500 logo', 'size:500b logo'],
  ['size:500 b-roll', 'size:500b b-roll'],
  ['size:500kb -2024', 'size:500kb -2024'],
  ['size:500kb - draft', 'size:500kb draft'],
  ['size>500kb', 'size:>500kb'],
  ['size >= 500 kb', 'size:>=500kb'],
  ['size=500kb', 'size:500kb'],
  ['width>1000', 'width:>1000'],
  ['(size: >500 kb)', 'size:>500kb'],
  ['-size: >500 kb', '-size:>500kb'],
  ['size = 500 kb', 'size:500kb'],
  ['id = 5', 'id:5'],
  ['ext = png', 'ext:png'],
  ['sort = size', 'sort:size-desc'],
  // Lists.
  ['ext:png, jpg', 'ext:png,jpg'],
  ['ext:png ,jpg , gif', 'ext:png,jpg,gif'],
  ['ext:png;jpg', 'ext:png,jpg'],
  ['ext:png; jpg', 'ext:png,jpg'],
  ['ext:png、jpg', 'ext:png,jpg'],
  ['ext:*.png', 'ext:png'],
  ['ext:.png,*.jpg', 'ext:png,jpg'],
  ['ext: png', 'ext:png'],
  ['ext : png', 'ext:png'],
  ['ext=png', 'ext:png'],
  ['-ext: png', '-ext:png'],
  ['ext: "png"', 'ext:png'],
  ['ext:png, -draft', 'ext:png -draft'],
  ['ext:png, size:5kb', 'ext:png size:5kb'],
  ['ext:png, OR logo', 'ext:png OR logo'],
  ['ext:png, (a OR b)', 'ext:png (a OR b)'],
  ['is:new, gone', 'is:new,gone'],
  ['is: new', 'is:new'],
  ['type:image/png', 'type:png'],
  ['type:.webp', 'type:webp'],
  ['account: "Brand team", "Panel"', 'account:"Brand team",Panel'],
  ['host:https://eu.questionpro.com/a/b', 'host:eu.questionpro.com'],
  ['folder:/sub-3/', 'folder:sub-3'],
  ['name: logo', 'name:logo'.slice(5)],
  ['name: *logo*', 'name:*logo*'],
  ['name: /^q/', 'name:/^q/'],
  ['animated: Yes', 'animated:yes'],
  // Numbers.
  ['id:1,000,005', 'id:1000005'],
  ['id:1,234,567', 'id:1234567'],
  ['id:1.000.005', 'id:1000005'],
  ['id:1 000 005', 'id:1000005'],
  ["id:1'000'005", 'id:1000005'],
  ['id:1,000,005, 2,000,000', 'id:1000005,2000000'],
  ['id:1,000,001..1,000,005', 'id:1000001..1000005'],
  ['id:> 1,000,005', 'id:>1000005'],
  ['id:1000001-1000005', 'id:1000001..1000005'],
  ['id:1000001 - 1000005', 'id:1000001..1000005'],
  ['id:100,200', 'id:100, 200'],
  ['id:5, 100', 'id:5, 100'],
  ['id:7,5,100', 'id:7, 5, 100'],
  ['width:1,200', 'width:1200'],
  ['width:>1000px', 'width:>1000'],
  ['width:> 1000 px', 'width:>1000'],
  // AND, NOT.
  ['logo AND banner', 'logo banner'],
  ['logo AND banner OR sale', 'logo banner OR sale'],
  ['logo && banner || sale', 'logo banner OR sale'],
  ['NOT draft', '-draft'],
  ['logo AND NOT draft', 'logo -draft'],
  ['logo NOT (draft OR old)', 'logo -(draft OR old)'],
  ['NOT(draft OR old)', '-(draft OR old)'],
  ['logo OR(banner sale)', 'logo OR banner sale'],
  ['NOT -draft', 'draft'],
  ['NOT ext:png', '-ext:png'],
  ['logo and banner or not sale', 'logo and banner or not sale'],
  ['"AND" "NOT"', '"AND" "NOT"'],
  // Dates and ages.
  ['seen:7 days', 'seen:7d'],
  ['seen:7 Days logo', 'seen:7d logo'],
  ['seen:last 7 days', 'seen:7d'],
  ['seen:past week', 'seen:1w'],
  ['seen:2 weeks', 'seen:2w'],
  ['seen:24hours', 'seen:24h'],
  ['seen:1 year', 'seen:1y'],
  ['seen:today', 'seen:today'],
  ['seen: Yesterday', 'seen:yesterday'],
  ['seen:last week logo', 'seen:last-week logo'],
  ['seen:lastmonth', 'seen:last-month'],
  ['seen:this year', 'seen:this-year'],
  ['seen:>=yesterday', 'seen:>=yesterday'],
  ['seen:yesterday..today', 'seen:yesterday..today'],
  ['seen:today, yesterday', 'seen:today,yesterday'],
  ['seen:30.11.2026', 'seen:2026-11-30'],
  ['seen:5.6.2026', 'seen:2026-06-05'],
  ['seen:30/11/2026', 'seen:2026-11-30'],
  ['seen:11/30/2026', 'seen:2026-11-30'],
  ['seen:30-11-2026', 'seen:2026-11-30'],
  ['seen:05/05/2026', 'seen:2026-05-05'],
  ['seen:2026/11/30', 'seen:2026-11-30'],
  ['seen:2026-1-5', 'seen:2026-01-05'],
  ['seen:20261130', 'seen:2026-11-30'],
  ['seen:2026 11 30 logo', 'seen:2026-11-30 logo'],
  ['seen:2026 11 logo', 'seen:2026 11 logo'],
  ['seen:11/2026', 'seen:2026-11'],
  ['seen:30 Nov 2026', 'seen:2026-11-30'],
  ['seen:Nov 30, 2026', 'seen:2026-11-30'],
  ['seen:November 2026 logo', 'seen:2026-11 logo'],
  ['seen:2026年11月30日', 'seen:2026-11-30'],
  ['seen:> 30.11.2026', 'seen:>2026-11-30'],
  ['seen>2026-11-01', 'seen:>2026-11-01'],
  ['seen:2026-10-31 .. 2026-11-02', 'seen:2026-10-31..2026-11-02'],
  ['seen:2026-10-31 - 2026-11-02', 'seen:2026-10-31..2026-11-02'],
  ['seen:1.11.2026 to 5.11.2026', 'seen:2026-11-01..2026-11-05'],
  // Orders.
  ['sort: size', 'sort:size-desc'],
  ['sort: size asc', 'sort:size-asc'],
  ['sort:size,desc logo', 'logo sort:size-desc'],
  ['sort:name descending', 'sort:name-desc'],
  ['sort:size:asc', 'sort:size-asc'],
  ['sort:-name', 'sort:name-desc'],
  ['sort:size ascot', 'ascot sort:size-desc'],
  // Other keyboards, and characters from pasting.
  ['ext：png', 'ext:png'],
  ['ｓｉｚｅ：＞５００ｋｂ', 'size:>500kb'],
  ['ext：png，jpg', 'ext:png,jpg'],
  ['（logo OR banner）', 'logo OR banner'],
  ['logo －draft', 'logo -draft'],
  ['logo –draft', 'logo -draft'],
  ['logo —draft', 'logo -draft'],
  ['name：*logo＊', 'name:*logo*'],
  ['＂summer sale＂', '"summer sale"'],
  ['«summer sale»', '"summer sale"'],
  ['\ufeffext:png', 'ext:png'],
  ['\u200eext:png\u200f', 'ext:png'],
  ['ext\u200b:png', 'ext:png'],
  ['sort:size–asc', 'sort:size-asc'],
  ['seen:2026–11–01', 'seen:2026-11-01'],
  ['会議：資料.png', '"会議:資料.png"'],
  ['name:/[a–z]/', 'name:/[a–z]/'],
  // A dash alone is ignored.
  ['Brand - Logo - Final.png', 'Brand Logo Final.png'],
  ['Brand – Logo — Final.png', 'Brand Logo Final.png'],
  ['Logo -- Final', 'Logo Final'],
  [' - ', ''],
  ['-', ''],
  ['logo -', 'logo'],
  ['(logo -)', 'logo'],
  ['- ext:png', 'ext:png'],
  // Words stay words.
  ['12:30', '"12:30"'],
  ['a=b', '"a=b"'],
  ['x > y', 'x ">" y'],
  ['Re : logo', 'Re ":" logo'],
  ['"size: >500 kb"', '"size: >500 kb"'],
];

describe('what people mean is understood', () => {
  test.each(understood)('%s is %s', (typed, meant) => {
    const parsed = parseQuery(typed);
    expect(parsed.mistakes).toEqual([]);
    expect(printQuery(parsed)).toBe(meant);
    expect(parseQuery(meant)).toEqual(parsed);
  });

  test('places are those of the text as it was typed', () => {
    const typed = 'lo\u00adgo sort：size　ext：png';
    const parts = scanQuery(typed).tokens.map(({ start, end }) => typed.slice(start, end));
    expect(parts).toEqual(['lo\u00adgo', 'sort：size', 'ext：png']);
    const [mistake] = parseQuery('a\u200b – size：big').mistakes;
    expect('a\u200b – size：big'.slice(mistake?.start, mistake?.end)).toBe('size：big');
  });
});

/** Noon of Tuesday, 24 November 2026. */
test.each([
  ['today', [2026, 10, 24], [2026, 10, 25]],
  ['yesterday', [2026, 10, 23], [2026, 10, 24]],
  ['this-week', [2026, 10, 23], [2026, 10, 30]],
  ['last-week', [2026, 10, 16], [2026, 10, 23]],
  ['this-month', [2026, 10, 1], [2026, 11, 1]],
  ['last-month', [2026, 9, 1], [2026, 10, 1]],
  ['this-year', [2026, 0, 1], [2027, 0, 1]],
  ['last-year', [2025, 0, 1], [2026, 0, 1]],
] as const)('seen:%s is counted from now', (name, [y1, m1, d1], [y2, m2, d2]) => {
  const predicate = compilePredicate(parseQuery(`seen:${name}`).tree, { now: exampleNow });
  const [start, end] = [new Date(y1, m1, d1).getTime(), new Date(y2, m2, d2).getTime()];
  const seen = (firstSeen: number) => predicate(catalogueImage({ name: 'a', firstSeen }));
  expect([start - 1, start, end - 1, end].map(seen)).toEqual([false, true, true, false]);
});

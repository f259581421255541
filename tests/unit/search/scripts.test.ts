import { describe, expect, test } from 'vitest';
import { parseQuery } from '../../../main/domain/query/parse/parse-query.ts';
import { cutOut, termsOf } from '../../../renderer/search/terms.ts';
import { catalogueImage } from '../../support/catalogue-images.ts';
import { must } from '../../support/core.ts';
import { createWorld } from '../../support/search-world.ts';

/** Names, each tested in NFC, as in the catalogue, and in NFD, as written by macOS. */
const names = [
  'がん.png',
  'かん.png',
  'バナー.png',
  'ハナー.png',
  'ﾊﾞﾅｰ half.png',
  'ปู.png',
  'ปา.png',
  'किताब.png',
  'कमल.png',
  'май.png',
  'маи.png',
  'ёж.png',
  'שָׁלוֹם.png',
  'مُحَمَّد.png',
  'ភាសា.png',
  '한글.png',
  '２０２６年.png',
  'the ﬁnal.png',
  '5㎏ m².png',
  'Screenshot 2026-11-30 at 4.42.48\u202fPM.png',
  'Levi’s.png',
  'a – b.png',
  'so\u00adft\u200bware.png',
  '👩\u200d💻 team.png',
  'wait….png',
  'Œuvre “été”.png',
  'ΟΔΟΣ.png',
  'İstanbul.png',
];
const world = createWorld(names.map((name, index) => catalogueImage({ id: 100 - index, name: name.normalize('NFC') })));
const decomposed = createWorld(
  names.map((name, index) => catalogueImage({ id: 100 - index, name: name.normalize('NFD') })),
);

describe('names of every script', () => {
  test.each([
    ['がん', 'がん.png'],
    ['か\u3099ん', 'がん.png'],
    ['かん', 'かん.png'],
    ['バナー', 'バナー.png|ﾊﾞﾅｰ half.png'],
    ['ﾊﾞﾅｰ', 'バナー.png|ﾊﾞﾅｰ half.png'],
    ['ハナー', 'ハナー.png'],
    ['ปู', 'ปู.png'],
    ['कि', 'किताब.png'],
    ['й', 'май.png'],
    ['маи', 'маи.png'],
    ['и\u0306', 'май.png'],
    ['еж', 'ёж.png'],
    ['שלום', 'שָׁלוֹם.png'],
    ['שָׁלוֹם', 'שָׁלוֹם.png'],
    ['محمد', 'مُحَمَّد.png'],
    ['ភា', 'ភាសា.png'],
    ['한글', '한글.png'],
    ['2026年', '２０２６年.png'],
    ['final', 'the ﬁnal.png'],
    ['ﬁnal', 'the ﬁnal.png'],
    ['"5kg m2"', '5㎏ m².png'],
    ['"4.42.48 PM"', 'Screenshot 2026-11-30 at 4.42.48\u202fPM.png'],
    ['"4.42.48\u00a0pm"', 'Screenshot 2026-11-30 at 4.42.48\u202fPM.png'],
    ["Levi's", 'Levi’s.png'],
    ['Leviʼs', 'Levi’s.png'],
    ['"a - b"', 'a – b.png'],
    ['"a — b"', 'a – b.png'],
    ['name:*a−*b.png', ''],
    ['software', 'so\u00adft\u200bware.png'],
    ['soft\u2060ware', 'so\u00adft\u200bware.png'],
    ['👩💻', '👩\u200d💻 team.png'],
    ['wait...', 'wait….png'],
    ["oeuvre 'ete'", ''],
    ['oeuvre ete', 'Œuvre “été”.png'],
    ['οδός', 'ΟΔΟΣ.png'],
    ['istanbul', 'İstanbul.png'],
    ['name:*年.png', '２０２６年.png'],
    // Combining marks alone match names that contain them, and never everything.
    ['\u0301', ''],
    ['\u3099', ''],
    ['\u0e39', 'ปู.png'],
    ['\u093f', 'किताब.png'],
    ['\u05b8', ''],
    ['\u064e', ''],
  ])('%s finds %s', async (query, expected) => {
    for (const { plain, index } of [world, decomposed]) {
      for (const engine of [plain, index]) {
        const { handle, totals } = must(await engine.query(parseQuery(query)));
        const keys = must(await engine.keys(handle, 0, totals.count));
        expect(keys.map(({ id }) => names[100 - id]).join('|')).toBe(expected);
      }
    }
    for (const name of expected.split('|').filter((one) => one !== '')) {
      const pieces = cutOut(name, termsOf(parseQuery(query).tree));
      expect(pieces.some(({ isMatch }) => isMatch)).toBe(true);
    }
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { collisionKey, isNumberedFrom, numberedName, portableName } from '../../main/domain/files/portable-name.ts';
import { truncateToBytes, utf8Bytes } from '../../main/domain/text/utf8.ts';
import { refusalOf } from './plan/portability.ts';

const hostileText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ unit: 'grapheme', maxLength: 300 }),
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
  fc
    .array(
      fc.constantFrom(
        'CON',
        'com¹',
        'NUL',
        '.',
        ' ',
        '..',
        '/',
        '\\',
        '\u202e',
        '\u200b',
        'é',
        'e\u0301',
        '\0',
        '(1)',
        'x'.repeat(120),
        '界'.repeat(50),
        '.png',
        '👩‍👩‍👧',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
);

describe('portableName', () => {
  it.each([
    ['Bourbon.png', 'Bourbon.png', []],
    ['Café Łódź (2).jpg', 'Café Łódź (2).jpg', []],
    ['Cafe\u0301.jpg', 'Caf\u00e9.jpg', []],
    ['.hidden', '.hidden', []],
    ['CON.png', 'CON_.png', ['device-name']],
    ['con', 'con_', ['device-name']],
    ['NUL.tar.gz', 'NUL_.tar.gz', ['device-name']],
    ['CON .png', 'CON_ .png', ['device-name']],
    ['COM¹.png', 'COM¹_.png', ['device-name']],
    ['lpt0.jpg', 'lpt0_.jpg', ['device-name']],
    ['CONIN$', 'CONIN$_', ['device-name']],
    ['conout$.x', 'conout$_.x', ['device-name']],
    ['CONSOLE.png', 'CONSOLE.png', []],
    ['COM10.png', 'COM10.png', []],
    ['\u200bAUX\u200b.png', 'AUX_.png', ['invisible', 'device-name']],
    ['../../etc/passwd', '.._.._etc_passwd', ['forbidden']],
    ['a\\b:c*d?e"f<g>h|i.png', 'a_b_c_d_e_f_g_h_i.png', ['forbidden']],
    ['a\0b.png', 'a_b.png', ['forbidden']],
    ['a\u007f\u0085\u2028b.png', 'a___b.png', ['forbidden']],
    ['a\ud800b.png', 'a_b.png', ['forbidden']],
    ['a\uffff\uf02fb.png', 'a__b.png', ['forbidden']],
    ['photo\u202egnp.exe', 'photognp.exe', ['invisible']],
    ['a\u2066b\ufeffc\u200dd\u00ade.png', 'abcde.png', ['invisible']],
    ['❤\ufe0f.png', '❤\ufe0f.png', []],
    ['  a.png. . ', 'a.png', ['ends']],
    ['name...', 'name', ['ends']],
    ['\u3000wide\u00a0', 'wide', ['ends']],
    ['..', 'unnamed', ['ends', 'nothing-left']],
    ['', 'unnamed', ['nothing-left']],
    ['\u200b.png', 'unnamed.png', ['invisible', 'nothing-left']],
    ['x'.repeat(300) + '.JPEG', 'x'.repeat(250) + '.JPEG', ['too-long']],
    ['é'.repeat(200) + '.png', 'é'.repeat(125) + '.png', ['too-long']],
    ['.'.repeat(300) + '界', 'unnamed', ['too-long']],
    ['CON' + ' '.repeat(300) + 'x', 'CON_', ['device-name', 'too-long']],
  ])('%j becomes %j', (text, name, changes) => {
    const made = portableName(text);
    expect(made.name).toBe(name);
    expect([...made.changes].sort()).toEqual([...changes].sort());
  });

  it('keeps 255 bytes as they are, and the whole letters of what is longer', () => {
    const whole = 'é'.repeat(125) + 'a.png';
    expect(utf8Bytes(whole)).toBe(255);
    expect(portableName(whole)).toEqual({ name: whole, changes: [] });
    expect(portableName('👍🏽'.repeat(60)).name).toBe('👍🏽'.repeat(31));
  });

  it('makes any text a name that every system takes, once and for all', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const { name, changes } = portableName(text);
        expect(refusalOf(name)).toBeUndefined();
        expect(portableName(name)).toEqual({ name, changes: [] });
        if (refusalOf(text.normalize('NFC')) !== undefined) expect(changes).not.toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('keeps within a smaller limit', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 24, max: 255 }), (text, maxBytes) => {
        const { name } = portableName(text, maxBytes);
        expect(Buffer.byteLength(name)).toBeLessThanOrEqual(maxBytes);
        expect(refusalOf(name)).toBeUndefined();
      }),
    );
  });

  it('takes a million characters of any kind', () => {
    for (const unit of [' ', '.', '\u0301', '/', '\u200b', '%', ' .', 'a.', '\ud800', '👍']) {
      expect(refusalOf(portableName(unit.repeat(1_000_000) + 'x').name)).toBeUndefined();
    }
  });
});

describe('numberedName', () => {
  it.each([
    ['a.png', 1, 'a (1).png'],
    ['a (1).png', 1, 'a (1) (1).png'],
    ['archive.tar.gz', 12, 'archive.tar (12).gz'],
    ['.hidden', 3, '.hidden (3)'],
    ['CON_.png', 1, 'CON_ (1).png'],
    ['x'.repeat(251) + '.png', 10, 'x'.repeat(246) + ' (10).png'],
  ])('%j, %d', (name, n, numbered) => {
    expect(numberedName(name, n)).toBe(numbered);
    expect(isNumberedFrom(numbered, name)).toBe(true);
  });

  it('stays portable, and is known again', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 999_999_999 }), (text, n) => {
        const { name } = portableName(text);
        const numbered = numberedName(name, n);
        expect(refusalOf(numbered)).toBeUndefined();
        expect(isNumberedFrom(numbered, name)).toBe(true);
        expect(isNumberedFrom(name, numbered)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ['a (0).png', 'a.png'],
    ['a (01).png', 'a.png'],
    ['a (1).jpg', 'a.png'],
    ['b (1).png', 'a.png'],
    ['a.png', 'a.png'],
  ])('%j is none of %j', (name, base) => {
    expect(isNumberedFrom(name, base)).toBe(false);
  });
});

describe('collisionKey', () => {
  it.each([
    ['IMG.JPG', 'img.jpg'],
    ['Caf\u00e9.png', 'CAFE\u0301.png'],
    ['straße', 'STRASSE'],
    ['straẞe', 'straße'],
    ['ΣΑΣ', 'σας'],
    ['\u0130', 'i\u0307'],
    ['\u212a', 'k'],
    ['\u1e9e.png', 'ss.png'],
    ['ﬁ.png', 'FI.png'],
    ['µ', 'μ'],
    ['a\u200bb', 'ab'],
    ['\u1fb4', '\u0391\u0301\u0399'],
    ['sub-3/A.png', 'SUB-3/a.PNG'],
  ])('%j meets %j', (left, right) => {
    expect(collisionKey(left)).toBe(collisionKey(right));
  });

  it.each([
    ['a', 'á'],
    ['a b', 'ab'],
    ['a/b', 'a_b'],
    ['x²', 'x2'],
  ])('%j is apart from %j', (left, right) => {
    expect(collisionKey(left)).not.toBe(collisionKey(right));
  });

  it('is blind to case and to normal form', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), (text) => {
        for (const other of [text.toLowerCase(), text.toUpperCase(), text.normalize('NFD'), text.normalize('NFC')]) {
          expect(collisionKey(other)).toBe(collisionKey(text));
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('folds every letter of every alphabet that has case', () => {
    const torn: string[] = [];
    for (let point = 0; point < 0x1ffff; point++) {
      if (point >= 0xd800 && point < 0xe000) continue;
      const letter = String.fromCodePoint(point);
      const keys = [letter, letter.toLowerCase(), letter.toUpperCase()].map(collisionKey);
      if (new Set(keys).size > 1) torn.push(`U+${point.toString(16)}`);
    }
    expect(torn).toEqual([]);
  });
});

describe('UTF-8', () => {
  it('counts as Buffer does, and cuts within the limit, between characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 50 }), fc.integer({ min: 0, max: 120 }), (text, maxBytes) => {
        expect(utf8Bytes(text)).toBe(Buffer.byteLength(text));
        const cut = truncateToBytes(text, maxBytes);
        expect(text.startsWith(cut)).toBe(true);
        expect(cut.isWellFormed()).toBe(true);
        expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(maxBytes);
        if (Buffer.byteLength(text) <= maxBytes) expect(cut).toBe(text);
      }),
    );
    expect(utf8Bytes('\ud800a')).toBe(4);
  });

  it.each([
    ['cafe\u0301s', 5, 'caf'],
    ['cafe\u0301s', 6, 'cafe\u0301'],
    ['a👩‍👩‍👧', 10, 'a'],
    ['a' + '\u0301'.repeat(200), 101, 'a' + '\u0301'.repeat(50)],
    ['🇩🇪🇫🇷', 12, '🇩🇪'],
  ])('%j in %d bytes', (text, maxBytes, cut) => {
    expect(truncateToBytes(text, maxBytes)).toBe(cut);
  });
});

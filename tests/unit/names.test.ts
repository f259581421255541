import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameImage, splitExtension } from '../../main/domain/files/names.ts';
import { isOtherExtension, isImageExtension } from '../../main/domain/image-check/extensions.ts';

const folder = 'https://www.questionpro.com/qp_userimages/sub-3/1234567/';
const nameOf = (segment: string) => nameImage(folder + segment).name;

describe('nameImage', () => {
  it.each([
    ['100000.jpg', 'jpg'],
    ['100_112.jpg', 'jpg'],
    ['20000_0044.png', 'png'],
    ['0101615102.jpg', 'jpg'],
    ['85075454.jpg', 'jpg'],
    ['956653575452115.jpg', 'jpg'],
    ['ac69416c2880a380b30654575.png', 'png'],
    ['574212-54545-212.png', 'png'],
    ['beer-bubbles.jpg', 'jpg'],
    ['Bourbon.png', 'png'],
  ])('names the documented %s', (name, ext) => {
    expect(nameImage(folder + name)).toEqual({ name, ext, folder: 'sub-3', host: 'www.questionpro.com' });
  });

  it.each([
    ['..%2f..%2fetc%2fpasswd', '../../etc/passwd'],
    ['CON.png', 'CON.png'],
    ['a%20b.png', 'a b.png'],
    ['Caf%C3%A9.png', 'Caf\u00e9.png'],
    ['Cafe%CC%81.png', 'Caf\u00e9.png'],
    ['Cafe\u0301.png', 'Caf\u00e9.png'],
    ['x'.repeat(300) + '.png', 'x'.repeat(300) + '.png'],
    ['photo%E2%80%AEgnp.exe', 'photo\u202egnp.exe'],
    ['a%00b.png', 'a\0b.png'],
    ['bad%escape', 'bad%escape'],
    ['bad%e', 'bad%e'],
    ['bad%', 'bad%'],
    ['a.png?size=2/b.jpg', 'a.png'],
    ['a.png#/b.jpg', 'a.png'],
    ['IMG.JPG', 'IMG.JPG'],
    ['name%20(1).png', 'name (1).png'],
    ['README', 'README'],
    ['a%2520b.png', 'a%20b.png'],
    ['a%3Fb%23c.png', 'a?b#c.png'],
    ['a+b.png', 'a+b.png'],
    ['caf%E9.png', 'caf%E9.png'],
    ['%C3%A9%E9%C3.png', 'é%E9%C3.png'],
    ['%C0%AF%E0%80%AF%ED%A0%80%F4%90%80%80.png', '%C0%AF%E0%80%AF%ED%A0%80%F4%90%80%80.png'],
    ['%F0%9F%91%8D.png', '👍.png'],
    ['%F0%9F%91.png', '%F0%9F%91.png'],
    ['lone\ud800.png', 'lone\ufffd.png'],
    ['tab\there\n.png', 'tabhere.png'],
  ])('reads %j as %j', (segment, name) => {
    expect(nameOf(segment)).toBe(name);
  });

  it.each([
    ['https://eu.questionpro.com/qp_userimages/sub-12345678901234567890/7/a.png', 'sub-12345678901234567890'],
    ['https://eu.questionpro.com/qp_userimages/Sub-4/7/a.png', 'Sub-4'],
    ['https://eu.questionpro.com/qp_userimages/7/a.png', ''],
    ['https://eu.questionpro.com/a/sub-3x/b/sub-/c/my-sub-3/a.png', ''],
    ['https://eu.questionpro.com/sub-3', ''],
    ['https://eu.questionpro.com/a.png?x=/sub-3/', ''],
    ['https://sub-3/a.png', ''],
  ])('finds the folder of %s: %j', (url, expected) => {
    expect(nameImage(url).folder).toBe(expected);
  });

  it.each([
    ['HTTPS://User:p%40ss@WWW.Example.COM:8443/a.png', 'www.example.com', 'a.png'],
    ['http://127.0.0.1:40123/qp_userimages/sub-1/1/a.png', '127.0.0.1', 'a.png'],
    ['http://[::1]:80/a.png', '[::1]', 'a.png'],
    ['http://[::1]/a.png', '[::1]', 'a.png'],
    ['//cdn.example.com/a.png', 'cdn.example.com', 'a.png'],
    ['https:\\\\example.com\\x\\a.png', 'example.com', 'a.png'],
    ['https:/example.com/a.png', 'example.com', 'a.png'],
    ['  https://example.com/a.png \n', 'example.com', 'a.png'],
    ['https://example.com', 'example.com', 'unnamed'],
    ['https://example.com/', 'example.com', 'unnamed'],
    ['https://example.com?a.png', 'example.com', 'unnamed'],
    ['https://example.com/x.png/', 'example.com', 'x.png'],
    ['https://example.com/a/%20/%2e%2E/..//', 'example.com', 'a'],
    ['https://', '', 'unnamed'],
    ['', '', 'unnamed'],
    ['a.png', '', 'a.png'],
    ['/x/a.png', '', 'a.png'],
    ['file:///etc/a.png', '', 'a.png'],
    ['data:image/png;base64,AAAA', '', 'png;base64,AAAA'],
    ['C:\\pictures\\a.png', '', 'a.png'],
    [':::', '', ':::'],
  ])('survives %j', (url, host, name) => {
    expect(nameImage(url)).toMatchObject({ host, name });
  });

  it('reads a URL as it reads what the platform makes of it', () => {
    const part = fc.constantFrom(
      '/',
      '\\',
      '?',
      '#',
      '%',
      '2',
      ' ',
      'é',
      '@',
      ':',
      ';',
      '\t',
      'a',
      '%41',
      '%20',
      '"',
      '|',
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const url = `https://example.com/start/${parts.join('')}`;
        expect(nameImage(url)).toEqual(nameImage(new URL(url).href));
      }),
      { numRuns: 1000 },
    );
  });

  it('names anything, never with nothing', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.webUrl({ withFragments: true, withQueryParameters: true }));
    fc.assert(
      fc.property(text, (url) => {
        const { name, ext, host } = nameImage(url);
        expect(name).toMatch(/\S/);
        expect(name).toBe(name.normalize('NFC').toWellFormed());
        expect(host).not.toContain('/');
        expect(ext).toBe(splitExtension(name).ext.toLowerCase());
      }),
      { numRuns: 1000 },
    );
  });

  it('decodes whatever was encoded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (text) => {
        fc.pre(/\S/.test(text) && !/^\.{1,2}$/.test(text));
        expect(nameOf(encodeURIComponent(text))).toBe(text.normalize('NFC'));
      }),
    );
  });

  it('takes a million characters of any kind', () => {
    for (const unit of [
      '/',
      '%',
      '%2',
      '%41',
      '%E2',
      'a',
      '.',
      '\u0301',
      '/%20',
      'sub-1',
      '/sub-1',
      'sub-1/',
      '@',
      ':',
      '\\',
    ]) {
      expect(nameImage(folder + unit.repeat(1_000_000 / unit.length)).name).not.toBe('');
      expect(nameImage(unit.repeat(1_000_000 / unit.length)).name).not.toBe('');
    }
  });
});

describe('a plain URL', () => {
  const part = fc.constantFrom(
    'a',
    'Z',
    '7',
    '_',
    '.',
    '..',
    '%20',
    '%2e',
    '%C3%A9',
    '%',
    '/',
    'sub-3/',
    ' ',
    'é',
    '(1)',
    '-',
  );
  const segments = fc.array(part, { maxLength: 9 }).map((parts) => parts.join(''));
  const url = fc.tuple(
    fc.constantFrom('http://a.b', 'https://www.questionpro.com', 'HTTPS://A', 'https://a:80'),
    segments,
  );

  it('is named as one that has to be looked at more closely', () => {
    fc.assert(
      fc.property(url, ([start, path]) => {
        expect(nameImage(`${start}/${path}`)).toEqual(nameImage(` ${start}/${path}`));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('splitExtension', () => {
  it.each([
    ['a.png', 'a', 'png'],
    ['A.JPEG', 'A', 'JPEG'],
    ['archive.tar.gz', 'archive.tar', 'gz'],
    ['clip.mp4', 'clip', 'mp4'],
    ['a.7z', 'a', '7z'],
    ['.hidden', '.hidden', ''],
    ['.hidden.png', '.hidden', 'png'],
    ['a.', 'a.', ''],
    ['a', 'a', ''],
    ['', '', ''],
    ['Screenshot at 10.32.15', 'Screenshot at 10.32.15', ''],
    ['v1.2 final', 'v1.2 final', ''],
    ['photo.jpg_large', 'photo.jpg_large', ''],
    ['../../etc/passwd', '../../etc/passwd', ''],
    ['a.abcdefghijklmnop', 'a', 'abcdefghijklmnop'],
    ['a.abcdefghijklmnopq', 'a.abcdefghijklmnopq', ''],
    ['a.жпг', 'a.жпг', ''],
  ])('%j is %j and %j', (name, stem, ext) => {
    expect(splitExtension(name)).toEqual({ stem, ext });
  });
});

describe('picture extensions', () => {
  it('tells pictures, others and none apart', () => {
    expect(['jpg', 'png', 'gif', 'webp', 'svg', 'bmp', 'avif', 'tiff', 'ico', 'heic'].every(isImageExtension)).toBe(
      true,
    );
    expect(['csv', 'woff2', 'mp4', 'pdf', ''].some(isImageExtension)).toBe(false);
    expect(['csv', 'woff2', 'mp4', 'pdf'].every(isOtherExtension)).toBe(true);
    expect(['', 'png'].some(isOtherExtension)).toBe(false);
  });
});

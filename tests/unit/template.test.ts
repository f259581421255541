import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nameImage } from '../../main/domain/files/names.ts';
import { defaultTemplate, parseTemplate } from '../../main/domain/template/template.ts';
import { renderTemplate, type TemplateImage } from '../../main/domain/template/render.ts';
import type { Template } from '../../main/domain/template/tree.ts';
import { refusalOf } from './plan/portability.ts';

function template(text: string): Template {
  const parsed = parseTemplate(text);
  if (!parsed.ok) throw new Error(parsed.error.map((mistake) => mistake.message).join(' '));
  return parsed.value;
}

function imageOf(segment: string, more: Partial<TemplateImage> = {}): TemplateImage {
  const url = `https://www.questionpro.com/qp_userimages/sub-3/1234567/${segment}`;
  const firstSeen = new Date(2026, 10, 3, 14, 2, 9).getTime();
  return { id: 1000482, sizeText: '137 Kb', account: 'Brand team', firstSeen, tags: [], ...nameImage(url), ...more };
}

const pathOf = (text: string, image: TemplateImage, index = 7) =>
  renderTemplate(template(text), image, index).segments.join('/');
const mistakesOf = (text: string) => {
  const parsed = parseTemplate(text);
  return parsed.ok ? [] : parsed.error;
};

describe('rendering', () => {
  it.each([
    ['Bourbon.png', 'Bourbon.png'],
    ['..%2f..%2fetc%2fpasswd', '.._.._etc_passwd'],
    ['CON.png', 'CON_.png'],
    ['a%20b.png', 'a b.png'],
    ['a%2520b.png', 'a%20b.png'],
    ['Caf%C3%A9.png', 'Caf\u00e9.png'],
    ['Cafe%CC%81.png', 'Caf\u00e9.png'],
    ['x'.repeat(300) + '.png', 'x'.repeat(251) + '.png'],
    ['photo%E2%80%AEgnp.jpg', 'photognp.jpg'],
    ['a%00b.png', 'a_b.png'],
    ['bad%escape', 'bad%escape'],
    ['a.png?v=1/2.jpg', 'a.png'],
    ['IMG.JPG', 'IMG.jpg'],
    ['README', 'README'],
    ['.hidden', '.hidden'],
    ['name.', 'name'],
    ['%2e%2e%2f', '.._'],
    ['%E2%80%8B.png', 'unnamed.png'],
  ])('saves %s as %s by default', (segment, file) => {
    expect(pathOf(defaultTemplate, imageOf(segment))).toBe(`Brand team/sub-3/${file}`);
  });

  it.each([
    ['{id}', '1000482'],
    ['{id:0000000000}-{name}.{ext}', '0001000482-Logo Ä.png'],
    ['{index:0000}-{index}.{ext}', '0007-7.png'],
    ['{size}/{host}/{name}.{ext}', '137 Kb/www.questionpro.com/Logo Ä.png'],
    ['{seen}/{seen:YYYY-MM}/{seen:YY.MM.DD HH-mm_ss}', '2026-11-03/2026-11/26.11.03 14-02_09'],
    ['{name|lower}.{ext|upper}', 'logo ä.PNG'],
    ['{name|slug}.{ext}', 'logo-a.png'],
    ['{name|ascii|upper}.{ext}', 'LOGO A.png'],
    ['{account|slug}/{name}.{ext}', 'brand-team/Logo Ä.png'],
    ['[{tag}/]{name}.{ext}', 'Logo Ä.png'],
    ['[{tag} of ]{name}[ ({folder})].{ext}', 'Logo Ä (sub-3).png'],
    ['[{folder}-{tag}/]{name}.{ext}', 'Logo Ä.png'],
    ['{{{id}}}[[{index}]]', '{1000482}[7]'],
    ['[[[{folder}]]]x', '[sub-3]x'],
    ['[[[{tag}]]/]x', 'x'],
    ['{tag}/{account}//{tag}/{id}', 'Brand team/1000482'],
    ['{folder}/{tag}', 'sub-3/Logo Ä.png'],
    ['{tag}.{ext}', 'Logo Ä.png'],
    ['same', 'same'],
    ['..{tag}/{id}', 'unnamed/1000482'],
    ['a:b/{id}. ', 'a_b/1000482'],
    ['{ext}/{ext}.{ext}', 'png/png.png'],
  ])('%s gives %s', (text, path) => {
    expect(pathOf(text, imageOf('Logo%20%C3%84.png'))).toBe(path);
  });

  it('leaves out the dot of a missing extension, wherever it stands', () => {
    expect(pathOf('{name}.{ext}-{id}', imageOf('README'))).toBe('README-1000482');
    expect(pathOf('{name}[.{ext}]-{id}', imageOf('README'))).toBe('README-1000482');
    expect(pathOf('{ext}/{name}', imageOf('README'))).toBe('README');
  });

  it('takes the first tag, and slugs other scripts', () => {
    const image = imageOf('%D0%9B%D0%BE%D0%B3%D0%BE%20%E2%84%96%201%20%C3%98l.png', { tags: ['hero/2026', 'x'] });
    expect(pathOf('[{tag}/]{name|slug}.{ext}', image)).toBe('hero_2026/лого-1-ol.png');
    expect(pathOf('{name|ascii}.{ext}', image)).toBe('____ _ 1 Ol.png');
    expect(pathOf('{name|slug}.{ext}', imageOf('!!!.png'))).toBe('!!!.png');
    expect(pathOf('{name|slug}.{ext}', imageOf(encodeURIComponent('がん ปู कि Май Café.png')))).toBe(
      'がん-ปู-कि-май-cafe.png',
    );
  });

  it('says what it changed', () => {
    expect(renderTemplate(template(defaultTemplate), imageOf('CON.png'), 1)).toEqual({
      segments: ['Brand team', 'sub-3', 'CON_.png'],
      changes: ['device-name'],
      foldersChanged: false,
    });
    const renamed = renderTemplate(template(defaultTemplate), imageOf('a.png', { account: 'AUX' }), 1);
    expect(renamed).toEqual({ segments: ['AUX_', 'sub-3', 'a.png'], changes: [], foldersChanged: true });
  });

  it('keeps a long path within what macOS opens, its extension with it', () => {
    const long = imageOf('n'.repeat(400) + '.png', { account: 'a'.repeat(400) });
    const segments = renderTemplate(template('{account}/{account}/{folder}/{name}/{name}.{ext}'), long, 1).segments;
    expect(segments.map((segment) => segment.length)).toEqual([189, 189, 5, 189, 189]);
    expect(segments.at(-1)).toMatch(/^n+\.png$/);
    const deep = renderTemplate(template('{name}/'.repeat(32) + '{name}.{ext}'), long, 1).segments;
    expect(deep).toHaveLength(33);
    expect(deep.join('/').length).toBeLessThanOrEqual(767);
  });

  it('stays inside the destination with portable names, whatever the values and the template', () => {
    const part = fc.oneof(
      fc.constantFrom(
        '/',
        '//',
        '.',
        '..',
        '../',
        ' ',
        '[',
        ']',
        '[[',
        '{{',
        '}}',
        ':',
        'C:',
        '~',
        'CON',
        '\u202e',
        '[{tag}/]',
        '..{tag}',
      ),
      fc.constantFrom(
        '{account}',
        '{folder}',
        '{name}',
        '{ext}',
        '{id}',
        '{size}',
        '{tag}',
        '{name|slug}',
        '{name|lower}.{ext}',
        '{index:000}',
        '{seen}',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    const value = fc.oneof(
      fc.constantFrom('', '.', '..', '../..', '/etc', 'C:\\x', ' ', '\u200b', 'NUL', 'x'.repeat(900)),
      fc.string({ unit: 'binary' }),
    );
    let rendered = 0;
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), value, value, value, (parts, account, tag, segment) => {
        const parsed = parseTemplate(parts.join(''));
        if (!parsed.ok) return;
        rendered += 1;
        const image = imageOf(encodeURIComponent(segment.toWellFormed()), {
          account,
          tags: [tag],
          folder: tag,
          sizeText: tag,
        });
        const { segments } = renderTemplate(parsed.value, image, 1);
        expect(segments.length).toBeGreaterThan(0);
        for (const name of segments) expect(refusalOf(name)).toBeUndefined();
        expect(Buffer.byteLength(segments.join('/'))).toBeLessThanOrEqual(767);
      }),
      { numRuns: 3000 },
    );
    expect(rendered).toBeGreaterThan(300);
  });

  it('takes values of a million characters', () => {
    const long = 'é/'.repeat(500_000);
    const image = imageOf('a.png', { account: long, name: `${long}.png`, tags: [long], sizeText: long });
    expect(pathOf('{account}{account|slug}/[{tag|ascii}/]{size}/{name}.{ext}', image)).toMatch(/\.png$/);
  });
});

describe('mistakes', () => {
  it.each([
    ['{nmae}.{ext}', 1, 5, 'There is no placeholder {nmae}'],
    ['{name}.{EXT}', 8, 11, 'There is no placeholder {EXT}'],
    ['a{}', 2, 2, 'A placeholder needs a name'],
    ['{name|loud}', 6, 10, "There is no filter 'loud'"],
    ['{name|}', 6, 6, "There is no filter ''"],
    ['{name:x}', 5, 7, '{name} takes no format'],
    ['{index:12}', 6, 9, '{index} takes zeros'],
    ['{index:}', 6, 7, '{index} takes zeros'],
    ['{seen:YYYY/MM}', 5, 13, "{seen} takes a date's form"],
    ['{name', 0, 5, "This '{' is never closed"],
    ['{na{name}', 0, 3, "This '{' is never closed"],
    ['name}', 4, 5, "This '}' closes nothing"],
    ['[{tag}/{name}', 0, 13, "This '[' is never closed"],
    ['{name}]', 6, 7, "This ']' closes nothing"],
    ['[{tag}[{name}]x]y', 6, 7, "A group can't hold another"],
    ['[x]{name}', 0, 3, 'A group needs a placeholder'],
    ['a\\{name}', 1, 2, "Write '/' between folders"],
    ['/{name}', 0, 1, 'A template starts inside the destination'],
    ['C:/{name}', 0, 2, 'A template starts inside the destination'],
    ['~/{name}', 0, 1, 'A template starts inside the destination'],
    ['{account}/../{name}', 10, 12, "'..' leads out of the destination"],
    ['[{tag}/]../{name}', 8, 10, "'..' leads out of the destination"],
    ['[{tag}/..]/{name}', 7, 9, "'..' leads out of the destination"],
    ['{account}/./{name}', 10, 11, "'.' names no folder"],
    ['{account}/', 9, 10, 'The template ends in a folder'],
    ['', 0, 0, 'The template is empty'],
    ['  ', 0, 2, 'The template is empty'],
    ['a/'.repeat(33) + 'b', 0, 67, 'A template has at most 32 folders'],
    ['x'.repeat(1001), 1000, 1001, 'A template has at most 1000 characters'],
  ])('%j at %d to %d: %s', (text, start, end, message) => {
    const first = mistakesOf(text)[0];
    expect(first).toMatchObject({ start, end });
    expect(first?.message).toContain(message);
  });

  it('tells them all, in order, with what could stand there', () => {
    const mistakes = mistakesOf('{wat}/{name|loud|lowr}}');
    expect(mistakes.map(({ start }) => start)).toEqual([1, 12, 17, 22]);
    expect(mistakes[0]?.expected).toContain('{account}');
    expect(mistakes[1]?.expected).toEqual(['lower', 'upper', 'slug', 'ascii']);
  });

  it('never throws, and points into the text', () => {
    const part = fc.constantFrom('{', '}', '[', ']', '/', '\\', '|', ':', 'name', 'tag', 'seen', '.', 'é', '{name}');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const text = parts.join('');
        for (const { start, end, message } of mistakesOf(text)) {
          expect(start).toBeGreaterThanOrEqual(0);
          expect(end).toBeGreaterThanOrEqual(start);
          expect(end).toBeLessThanOrEqual(text.length);
          expect(message).not.toBe('');
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('reads a template into ranges that cover it', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('{name}', '[{tag}/]', '/', 'x', '{{', ']]', '{id|lower}'), { minLength: 1 }),
        (parts) => {
          const text = `a${parts.join('')}z`;
          const { nodes } = template(text);
          expect(nodes.map(({ start, end }) => text.slice(start, end)).join('')).toBe(text);
        },
      ),
    );
  });
});

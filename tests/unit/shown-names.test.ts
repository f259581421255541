import { expect, test } from 'vitest';
import { csvManifest } from '../../main/features/downloads/manifest/manifest-formats.ts';
import { csvCell, trueText } from '../../main/domain/text/csv-cell.ts';
import { nameImage } from '../../main/domain/files/names.ts';
import { portableName } from '../../main/domain/files/portable-name.ts';
import { renderTemplate } from '../../main/domain/template/render.ts';
import { defaultTemplate, parseTemplate } from '../../main/domain/template/template.ts';

/** Returns the file name for a URL's last segment with the default template. */
function savedAs(segment: string): string | undefined {
  const template = parseTemplate(defaultTemplate);
  if (!template.ok) throw new Error('The default template has a mistake');
  const naming = nameImage(`https://example.com/sub-1/${segment}`);
  const image = { ...naming, account: 'a', id: 1, sizeText: '1 Kb', firstSeen: 0, tags: [] };
  return renderTemplate(template.value, image, 1).segments.at(-1);
}

test.each([
  ['.png', 'unnamed.png'],
  ['..png', 'unnamed.png'],
  ['%2Epng', 'unnamed.png'],
  ['.a.png', 'a.png'],
  ['%E2%80%8B.png', 'unnamed.png'],
  ['a.png;jsessionid=1F', 'a.png'],
  ['a.png;v=2;jsessionid=1F', 'a.png'],
  ['a.png%3Bjsessionid=1F', 'a.png'],
  ['a.png%3Fv%3D1%26w%3D2', 'a.png'],
  ['a;b.png', 'a;b.png'],
  ['a;b=c.png', 'a;b=c.png'],
  ['What%3F.png', 'What_.png'],
])('%s is saved as %s', (segment, name) => {
  expect(savedAs(segment)).toBe(name);
});

const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}';
const persian = '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645';

test.each([
  `${family}.png`,
  `${persian}.png`,
  'क्\u200dष.png',
  '\u2764\ufe0f\u200d\u{1f525}.png',
  '\u{1f469}\u{1f3fd}\u200d\u{1f680}.png',
  '\u{1f1e9}\u{1f1ea}.png',
  '\u{1f3f4}\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}.png',
  '葛\u{e0100}.png',
])('%j keeps what shapes it', (name) => {
  expect(portableName(name)).toEqual({ name, changes: [] });
});

test.each([
  ['\u200da\u200d.png', 'a.png'],
  [`\u200c${persian}\u200c.png`, `${persian}.png`],
  ['pay\u200dpal.png', 'paypal.png'],
  ['\ufe0f.png', 'unnamed.png'],
  ['\u{e0041}a.png', 'a.png'],
])('%j loses what shapes nothing', (name, shown) => {
  expect(portableName(name).name).toBe(shown);
});

test('a manifest runs no formula, and gives the true path back', () => {
  for (const name of [
    '=1+1.png',
    '@sum.png',
    '+1.png',
    '-1.png',
    '\tx.png',
    ' =1+1.png',
    '\u00a0\u200b@x.png',
    "' +x.png",
    "'=x.png",
    "''@x.png",
    "it's.png",
    'a;b.png',
  ]) {
    const cell = csvCell(name).replace(/^"(.*)"$/s, '$1');
    expect(cell).not.toMatch(/^[\s\u200b]*[=+\-@\t\r]/);
    expect(trueText(cell)).toBe(name);
  }
  const file = {
    ...{
      accountId: 1,
      imageId: 1,
      name: '=1+1.png',
      url: 'https://a/b',
      sizeText: '1 Kb',
      batchId: 1,
      path: '/x/=1+1.png',
    },
    ...{ bytes: 1, sha256: 'a'.repeat(64), type: 'png', note: null, savedAt: 0, verifiedAt: 0, replacedAt: null },
  };
  const row = csvManifest.row({ path: '=1+1.png', account: '@me', file });
  expect(row.path).toBe('=1+1.png');
  expect(row.text.split(',').filter((cell) => /^[=+\-@]/.test(cell))).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { noUpdateYet } from '../../../main/domain/update.ts';
import { createFormat } from '../../../main/messages/format.ts';
import { createTranslate } from '../../../main/messages/messages.ts';
import { readReleaseNotes } from '../../../renderer/updates/release-notes.ts';
import { offerTitle, updateText } from '../../../renderer/updates/update-text.ts';

const translate = createTranslate('en');
const words = { translate, format: createFormat('en', translate) };

describe('release notes', () => {
  test('are headings, items and paragraphs, whatever tags they hold', () => {
    const notes =
      '## New\r\n\r\n- **Faster** `gate`\r\n  and kinder\r\n* <b>two</b>\r\n\r\nOne line\r\nand another\r\n';
    expect(readReleaseNotes(notes)).toEqual([
      { kind: 'heading', text: 'New' },
      { kind: 'item', text: 'Faster gate and kinder' },
      { kind: 'item', text: '<b>two</b>' },
      { kind: 'text', text: 'One line and another' },
    ]);
  });

  test('turn no text round and hide nothing', () => {
    expect(readReleaseNotes('a\u202eb\u2066c\u0000d\u200fe')).toEqual([{ kind: 'text', text: 'abcde' }]);
    expect(readReleaseNotes(' \n\t\n')).toEqual([]);
  });

  test('of many blanks take no time that grows with their square', () => {
    const blanks = ' '.repeat(400_000);
    expect(readReleaseNotes(`- ${blanks}\u2028`)).toEqual([{ kind: 'text', text: '-' }]);
    expect(readReleaseNotes(`# ${blanks}\u2028`)).toEqual([{ kind: 'text', text: '#' }]);
  });
});

test('one line says which version this is and when a newer one was looked for', () => {
  const view = { ...noUpdateYet, version: '1.0.0' };
  expect(updateText(view, 0, words)).toBe('This is version 1.0.0. Not checked yet.');
  expect(updateText({ ...view, state: 'current', checkedAt: 0 }, 120_000, words)).toBe(
    'This is version 1.0.0. It’s the latest version. Last checked 2 minutes ago.',
  );
  expect(offerTitle({ version: '2.0.0', notes: '', bytes: null }, words)).toBe('Version 2.0.0 is available');
  expect(offerTitle({ version: '2.0.0', notes: '', bytes: 2048 }, words)).toBe(
    'Version 2.0.0 is available, 2 KB to download',
  );
});

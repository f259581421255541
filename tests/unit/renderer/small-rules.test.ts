import { describe, expect, it, vi } from 'vitest';
import { addSpan, changeImages, changeResult, selectResult } from '../../../main/domain/selection.ts';
import { coalesce } from '../../../renderer/client/coalesce.ts';
import { htmlTag, markdown } from '../../../renderer/inspector/copy-texts.ts';
import { formatDuration } from '../../../renderer/messages/format.ts';
import { markLocally } from '../../../renderer/selection/mark-locally.ts';

const one = { accountId: 1, id: 7 };
const other = { accountId: 1, id: 8 };

describe('marks without a question to the core', () => {
  it('are told from single images and from the result in view', () => {
    const all = selectResult('logo');
    expect(markLocally(all, one, 'logo')).toBe(true);
    expect(markLocally(changeImages(all, 'remove', [one]), one, 'logo')).toBe(false);
    expect(markLocally(changeResult(changeImages(all, 'remove', [one]), 'flip', 'logo'), one, 'logo')).toBe(true);
    expect(markLocally([], one, 'logo')).toBe(false);
  });

  it('are not guessed where another query or a span decides', () => {
    expect(markLocally(selectResult('banner'), one, 'logo')).toBeUndefined();
    expect(markLocally(addSpan([], 'logo', one, other), one, 'logo')).toBeUndefined();
    expect(markLocally(changeImages(selectResult('banner'), 'add', [one]), one, 'logo')).toBe(true);
    expect(markLocally(addSpan(selectResult('logo'), 'banner', other, other), one, 'logo')).toBe(true);
  });
});

describe('copied texts', () => {
  it('are whole whatever the name holds', () => {
    const image = { url: 'https://e.com/a(1).png?x="y"', name: '"><script>[x]' };
    expect(htmlTag(image)).toBe('<img src="https://e.com/a(1).png?x=&quot;y&quot;" alt="&quot;&gt;&lt;script&gt;[x]">');
    expect(markdown(image)).toBe(String.raw`!["><script>\[x\]](<https://e.com/a(1).png?x="y">)`);
  });
});

describe('a burst of calls', () => {
  it('costs two runs, the last of which began after the last call', async () => {
    const work = vi.fn(() => Promise.resolve());
    const run = coalesce(work);
    await Promise.all([run(), run(), run(), run()]);
    expect(work).toHaveBeenCalledTimes(2);
    await run();
    expect(work).toHaveBeenCalledTimes(3);
  });
});

it('durations read as a clock', () => {
  expect([13_400, 61_000, 3_723_000].map(formatDuration)).toEqual(['0:14', '1:01', '1:02:03']);
});

import { describe, expect, it, vi } from 'vitest';
import { coalesce } from '../../../renderer/client/coalesce.ts';
import { htmlTag, markdown } from '../../../renderer/inspector/copy-texts.ts';
import { formatDuration } from '../../../main/messages/format.ts';

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

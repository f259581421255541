import { describe, expect, it } from 'vitest';
import { failureCodes } from '../../../main/domain/failure.ts';
import { failureTitle } from '../../../main/messages/failures.ts';
import { createTranslate } from '../../../main/messages/messages.ts';

const translate = createTranslate('en');
const date = (ms: number) => `moment ${ms}`;

describe('the headline of a failure', () => {
  it('is there for every code, and no two share one', () => {
    const titles = failureCodes.map((code) => failureTitle({ code }, translate, date));
    expect(new Set(titles).size).toBe(failureCodes.length);
    expect(titles.filter((title) => title.trim() === '')).toEqual([]);
  });

  it('is there for the code of a newer version too', () => {
    expect(failureTitle({ code: 'from-next-year' }, translate, date)).toBe(
      failureTitle({ code: 'internal' }, translate, date),
    );
  });

  it('says until when to wait, where that is known', () => {
    expect(failureTitle({ code: 'throttled', retryAt: 7 }, translate, date)).toContain('until moment 7');
    expect(failureTitle({ code: 'throttled' }, translate, date)).not.toContain('until');
    expect(failureTitle({ code: 'server-error', retryAt: 7 }, translate, date)).not.toContain('moment');
  });
});

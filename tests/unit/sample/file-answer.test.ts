import { describe, expect, test } from 'vitest';
import { planFileAnswer } from '../../../main/features/sample/server/file-response.ts';

const facts = { bytes: 1_000, etag: '"a-1"', modifiedMs: Date.UTC(2026, 0, 5, 10), mediaType: 'image/png' };
const lastModified = 'Mon, 05 Jan 2026 10:00:00 GMT';

describe('a file over HTTP', () => {
  test('is sent whole with all that is known of it', () => {
    expect(planFileAnswer({}, facts)).toEqual({
      status: 200,
      from: 0,
      to: 1_000,
      headers: {
        'Content-Type': 'image/png',
        ETag: '"a-1"',
        'Last-Modified': lastModified,
        'Accept-Ranges': 'bytes',
        'Content-Length': 1_000,
      },
    });
  });

  test.each([
    ['bytes=0-', 0, 1_000],
    ['bytes=400-', 400, 1_000],
    ['bytes=999-', 999, 1_000],
    ['bytes=0-0', 0, 1],
    ['bytes=10-19', 10, 20],
    ['bytes=10-99999', 10, 1_000],
    ['bytes=-100', 900, 1_000],
    ['bytes=-5000', 0, 1_000],
  ])('%s gives a part', (range, from, to) => {
    const plan = planFileAnswer({ range }, facts);
    expect(plan).toMatchObject({ status: 206, from, to });
    expect(plan.headers).toMatchObject({
      'Content-Range': `bytes ${from}-${to - 1}/1000`,
      'Content-Length': to - from,
      ETag: '"a-1"',
    });
  });

  test.each(['bytes=1000-', 'bytes=5000-6000', 'bytes=-0'])('%s lies beyond', (range) => {
    const plan = planFileAnswer({ range }, facts);
    expect(plan).toMatchObject({ status: 416, from: 0, to: 0, headers: { 'Content-Range': 'bytes */1000' } });
  });

  test.each(['bytes=', 'bytes=a-b', 'lines=1-2', 'bytes=0-1,4-5', 'bytes=20-10'])('%s is passed over', (range) => {
    expect(planFileAnswer({ range }, facts)).toMatchObject({ status: 200, from: 0, to: 1_000 });
  });

  test.each([
    ['"a-1"', 206],
    [lastModified, 206],
    ['"a-2"', 200],
    ['W/"a-1"', 200],
    ['Mon, 05 Jan 2026 10:00:01 GMT', 200],
  ])('If-Range: %s gives %i', (condition, status) => {
    expect(planFileAnswer({ range: 'bytes=400-', 'if-range': condition }, facts).status).toBe(status);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../../main/remote/api-page.ts';
import { readApiError, saysAllowanceUsedUp } from '../../../main/remote/api-error.ts';

const asked = { page: 4, perPage: 50, key: 'abcd-1234-EFGH/5678' };
const record = { imageID: 1000010, imageURL: 'https://www.questionpro.com/q/sub-3/1/1.jpg', size: '137 Kb' };
const pagination = { perPage: 100, totalItems: 10, currentPage: 1, totalPages: 1 };

function parse(records: readonly unknown[], more: object = {}) {
  const page = parsePage({ response: records, pagination: { ...pagination, ...more } }, asked);
  if (!page.ok) throw new Error('no page');
  return page.value;
}

describe('a page on the wire', () => {
  it('keeps what the API says as it says it', () => {
    const image = { id: 1000010, url: record.imageURL, sizeText: '137 Kb' };
    expect(parse([record])).toEqual({ page: 4, perPage: 100, totalItems: 10, images: [image], malformed: [] });
  });

  it('takes links of every kind, unknown fields, and what the server does not echo from the question', () => {
    for (const links of [null, 'x', { next: null }, { next: 'http://evil/' }, undefined]) {
      expect(parse([{ ...record, width: 3, tags: [] }], { links, extra: 1 }).images).toHaveLength(1);
    }
    const silent = parsePage({ response: [], pagination: { totalItems: '7' }, requestID: 5 }, asked);
    expect(silent).toEqual({ ok: true, value: { page: 4, perPage: 50, totalItems: 7, images: [], malformed: [] } });
    expect(parse([], { perPage: 0, currentPage: 'first' })).toMatchObject({ perPage: 50, page: 4 });
  });

  it('takes an id in quotes, and loses no image for its size', () => {
    const ids = parse([{ ...record, imageID: '1000010' }]).images.map(({ id }) => id);
    expect(ids).toEqual([1000010]);
    const sizes = [137, null, undefined, {}, 'x'.repeat(999), '1 Mb\ud800'];
    const texts = parse(sizes.map((size) => ({ ...record, size }))).images.map(({ sizeText }) => sizeText);
    expect(texts).toEqual(['137', '', '', '', 'x'.repeat(256), '1 Mb\ufffd']);
  });

  it('loses no other record for a malformed one, and says which and why', () => {
    const odd = [
      { ...record, imageID: 'abc' },
      { ...record, imageID: 2 ** 53 },
      { ...record, imageID: 1.5 },
      { ...record, imageID: -1 },
      { ...record, imageURL: null },
      { ...record, imageURL: '' },
      { ...record, imageURL: 'h'.repeat(9_000) },
      {},
      null,
      'text',
      [record],
    ];
    const page = parse([record, ...odd, record]);
    expect(page.images).toHaveLength(2);
    expect(page.malformed.map(({ index }) => index)).toEqual(odd.map((_, index) => index + 1));
    expect(page.malformed[0]).toEqual({
      id: null,
      index: 1,
      raw: JSON.stringify(odd[0]),
      why: 'imageID is no whole number',
    });
    expect(page.malformed[4]).toMatchObject({ id: 1000010, why: 'imageURL is no text' });
    expect(page.malformed[7]?.why).toBe('imageID is no whole number; imageURL is no text');
    expect(page.malformed[8]).toMatchObject({ id: null, raw: 'null', why: 'It is no record at all' });
    expect(page.malformed[6]?.raw).toHaveLength(2_000);
  });

  it('keeps the key out of raw records, and lists no address that holds it', () => {
    for (const written of [asked.key, encodeURIComponent(asked.key)]) {
      const page = parse([record, { ...record, imageURL: `https://x.test/a.png?k=${written}` }, { note: asked.key }]);
      expect(page.images).toHaveLength(1);
      expect(page.malformed[0]).toMatchObject({ index: 1, id: 1000010, why: 'imageURL holds the API key' });
      expect(JSON.stringify(page)).not.toContain(written);
    }
  });

  it('counts every record once, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.jsonValue(), fc.constant(record))), (records) => {
        const page = parse(records);
        expect(page.images.length + page.malformed.length).toBe(records.length);
      }),
    );
  });

  it('is told from everything that is no page', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        expect(parsePage(json, asked).ok).toBe(false);
      }),
    );
    expect(parsePage({ response: Array(10_001).fill(0), pagination }, asked).ok).toBe(false);
    for (const json of [{ response: {} }, { response: [] }, { response: [], pagination: {} }, { error: 'x' }]) {
      expect(parsePage(json, asked)).toEqual({ ok: false, error: 'no-page' });
    }
  });
});

describe('an error body', () => {
  it('is read where it is no JSON, with the id as text or number', () => {
    const documented =
      '{ "response": { "error": { "docs": www.x.com\n"name": "A", "id" : "1000", "message": "Bad \\"x\\"" ';
    expect(readApiError(documented)).toEqual({ id: '1000', message: 'Bad "x"' });
    expect(readApiError('{"error":{"id":1013,"message":"a\\nb"}}')).toEqual({ id: '1013', message: 'a b' });
    for (const nothing of ['', '<html>', '{"message":""}', '"id"']) {
      expect(readApiError(nothing)).toEqual({ id: null, message: null });
    }
    expect(readApiError(`{"message":"${'x'.repeat(9_999)}"}`).message).toHaveLength(300);
  });

  it('says that the allowance is used up by its text or its id', () => {
    expect(saysAllowanceUsedUp({ id: null, message: 'API call limit exceeded for May' })).toBe(true);
    expect(saysAllowanceUsedUp({ id: '1013', message: null })).toBe(true);
    expect(saysAllowanceUsedUp({ id: '1029', message: 'Too many requests' })).toBe(false);
    expect(saysAllowanceUsedUp({ id: null, message: null })).toBe(false);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../../main/adapters/remote/api/api-page.ts';
import { spellings } from './spellings.ts';
import { readApiError, saysAllowanceUsedUp } from '../../../main/adapters/remote/api/api-error.ts';

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
    expect(parse([record])).toEqual({
      page: 4,
      perPage: 100,
      totalItems: 10,
      hasMore: false,
      images: [image],
      malformed: [],
    });
  });

  it('takes links of every kind, unknown fields, and what the server does not echo from the question', () => {
    for (const links of [null, 'x', { next: null }, { next: 'http://evil/' }, undefined]) {
      expect(parse([{ ...record, width: 3, tags: [] }], { links, extra: 1 }).images).toHaveLength(1);
    }
    const silent = parsePage({ response: [], pagination: { totalItems: '7' }, requestID: 5 }, asked);
    expect(silent).toEqual({
      ok: true,
      value: { page: 4, perPage: 50, totalItems: 7, hasMore: false, images: [], malformed: [] },
    });
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

  it.each(Object.entries(spellings(asked.key)))('lists no address that holds the key: %s', (_spelling, written) => {
    const urls = [
      `https://x.test/a.png?k=${written}`,
      `https://x.test/${written}/a.png`,
      `https://x.test/a-${written}.png`,
    ];
    const page = parse([record, ...urls.map((imageURL) => ({ ...record, imageURL })), { note: written }]);
    expect(page.images).toEqual([{ id: record.imageID, url: record.imageURL, sizeText: record.size }]);
    expect(page.malformed.slice(0, 3)).toMatchObject(
      urls.map((_, index) => ({ index: index + 1, id: 1000010, why: 'imageURL holds the API key' })),
    );
    for (const { raw } of page.malformed) {
      expect(raw).toContain('[key]');
      expect(raw).not.toContain(written);
    }
  });

  it('lists no address whose host name is the key, and keeps no size that holds it', () => {
    const key = 'abcd-1234-efgh';
    const page = { pagination, response: [] as unknown[] };
    const hosts = [key, key.toUpperCase(), '\u{1d41a}bcd-1234-efgh', 'abcd\u00ad-1234-efgh'];
    page.response = [
      ...hosts.map((host) => ({ ...record, imageURL: `https://${host}.test/a.png` })),
      { ...record, size: `${key} Kb` },
    ];
    const read = parsePage(page, { ...asked, key });
    expect(read).toMatchObject({ ok: true, value: { images: [] } });
    if (read.ok) expect(read.value.malformed.map(({ why }) => why).at(-1)).toBe('size holds the API key');
  });

  it('lists an address with encoded characters that holds no key', () => {
    const urls = ['a%20b%252Fc.png', 'caf%C3%A9&amp;%25.png', 'abcd-1234.png', 'x?a=%7B%22b%22%3A1%7D'];
    const page = parse(urls.map((name) => ({ ...record, imageURL: `https://x.test/${name}` })));
    expect(page.images).toHaveLength(urls.length);
  });

  it('loses no good record for one that is nested 1,000,000 deep', () => {
    const depth = 1_000_000;
    const deep = [
      '['.repeat(depth) + ']'.repeat(depth),
      '{"imageID":'.repeat(depth) + '1' + '}'.repeat(depth),
      `{"imageID":7,"imageURL":${'['.repeat(depth)}${']'.repeat(depth)}}`,
      `{"imageID":${'['.repeat(depth)}${']'.repeat(depth)},"imageURL":"https://x.test/a.png"}`,
    ];
    const body = `{"response":[${JSON.stringify(record)},${deep.join()},${JSON.stringify(record)}],"pagination":{"totalItems":6}}`;
    const page = parsePage(JSON.parse(body), asked);
    expect(page).toMatchObject({ ok: true, value: { images: [{ id: 1000010 }, { id: 1000010 }] } });
    if (!page.ok) throw new Error('no page');
    expect(page.value.malformed.map(({ id, raw }) => [id, raw.length])).toEqual(
      [null, null, 7, null].map((id) => [id, 2_000]),
    );
  }, 120_000);

  it('keeps the beginning of a huge malformed record, without a part of the key at its end', () => {
    for (const start of [1_975, 1_985, 1_990]) {
      const note = 'x'.repeat(start) + asked.key + 'a-'.repeat(200_000);
      const [kept] = parse([{ note }]).malformed;
      expect(kept?.raw.length).toBeGreaterThan(1_900);
      expect(kept?.raw).not.toContain(asked.key.slice(0, 4));
    }
    const names = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`name-${index}`, index]));
    expect(parse([names]).malformed[0]?.raw).toBe(JSON.stringify(names).slice(0, 2_000));
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
    expect(readApiError(`{"id":"${'x'.repeat(9_999)}"}`).id).toHaveLength(40);
  });

  it.each(Object.entries(spellings(asked.key)))('does not repeat the key: %s', (_spelling, written) => {
    const inJson = JSON.stringify(`Bad ${written}`);
    expect(readApiError(`{"message":${inJson},"id":${inJson}}`, asked.key)).toEqual({
      id: 'Bad [key]',
      message: 'Bad [key]',
    });
  });

  it('does not repeat a part of the key that the limit cuts', () => {
    const { message } = readApiError(`{"message":"${'x'.repeat(290)}${asked.key}"}`, asked.key);
    expect(message).toBe(`${'x'.repeat(290)}[key]`);
  });

  it('says that the allowance is used up by its text or its id', () => {
    expect(saysAllowanceUsedUp({ id: null, message: 'API call limit exceeded for May' })).toBe(true);
    expect(saysAllowanceUsedUp({ id: '1013', message: null })).toBe(true);
    expect(saysAllowanceUsedUp({ id: '1029', message: 'Too many requests' })).toBe(false);
    expect(saysAllowanceUsedUp({ id: null, message: null })).toBe(false);
  });
});

import { crc32 } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { typeMatchesExtension } from '../../../main/domain/image-check/extensions.ts';
import { createImageCheck } from '../../../main/domain/image-check/image-check.ts';
import { bmp, pngChunk, samples } from './pictures.ts';

function codeOf(content: string | Uint8Array): string {
  const check = createImageCheck(crc32);
  check.push(typeof content === 'string' ? Buffer.from(content) : content);
  const verdict = check.finish();
  return verdict.whole ? `whole ${verdict.type}` : verdict.code;
}

const latin = (text: string) => Buffer.from(text, 'latin1');

describe('what is no picture', () => {
  test.each([
    '<!DOCTYPE html><html><head><title>Sign in</title></head><body><form></form></body></html>',
    '\ufeff \r\n<!doctype HTML PUBLIC "-//W3C//DTD XHTML 1.0//EN"\n"x">',
    '\n\n<!-- gateway -->\n<!-- two --> <HTML lang=en>',
    '<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">',
    '<?xml version="1.0"?>\n<html>',
    '<h1>502 Bad Gateway</h1>',
    '<br />\n<b>Warning</b>: mysql',
    "<p don't>",
    '<script>location="/login"</script>',
  ])('%j is a web page', (text) => {
    expect(codeOf(text)).toBe('web-page');
    expect(codeOf(Buffer.from(`\ufeff${text.replace('\ufeff', '').trimStart()}`, 'utf16le'))).toBe('web-page');
  });

  test('a page is known at its first tag, so that the rest can be spared', () => {
    const check = createImageCheck(crc32);
    expect(check.push(Buffer.from('<!DOCTYPE html><html><bo'))).toBe(false);
    const png = createImageCheck(crc32);
    expect(png.push(Buffer.from('\x89PNG\r\n\x1a\n and a lot of nonsense', 'latin1'))).toBe(false);
    const svg = createImageCheck(crc32);
    expect(svg.push(Buffer.from('<svg></svg> and what is behind it'))).toBe(true);
  });

  test.each([
    '{"error": {"message": "no such image"}}',
    '[1, 2]',
    'name,size\na,1\n',
    'Session expired <a href="/login">',
    '<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>',
    '< 5',
    '<>',
    '<!ELEMENT svg>',
    '<!-- --> text <svg/>',
    '<SVG></SVG>',
    '<svg>< 5</svg>',
    '%PDF-1.7 and so on and so on',
    '\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0',
    'BMW,Audi,Mercedes,Volkswagen,Opel',
    'RIFF\x10\0\0\0WAVEfmt and so on',
    '\0\0\0\x18ftypisom\0\0\0\0isommp42 a video',
  ])('%j is no picture', (text) => {
    expect(codeOf(text)).toBe('not-a-picture');
  });

  test.each(['', ' ', '\r\n\t \n'])('%j is empty', (text) => {
    expect(codeOf(text)).toBe('empty');
  });

  test.each([
    '<',
    '<?xml version="1.0"?>',
    '<!-- nothing but',
    '<!DOCTYPE svg [<!ENTITY a ">">',
    '<svg',
    '<svg><g></svg>',
    '<svg>&lt;/svg&gt;',
  ])('%j is cut off', (text) => {
    expect(codeOf(text)).toBe('cut-off');
  });
});

describe('what begins like a picture and is broken inside', () => {
  const header = Buffer.from([0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]);
  const png = (...chunks: Uint8Array[]) => Buffer.concat([latin('\x89PNG\r\n\x1a\n'), ...chunks]);
  const data = pngChunk('IDAT', Buffer.alloc(9));
  const end = pngChunk('IEND', new Uint8Array());

  test('png', () => {
    expect(codeOf(png(pngChunk('IHDR', header), data, data, end))).toBe('whole png');
    expect(codeOf(png(pngChunk('CgBI', Buffer.alloc(4)), pngChunk('IHDR', header), data, end))).toBe('whole png');
    expect(codeOf(png(pngChunk('IHDR', header), end))).toBe('not-a-picture');
    expect(codeOf(png(data, end))).toBe('not-a-picture');
    expect(codeOf(png(pngChunk('IHDR', Buffer.alloc(13)), data, end))).toBe('not-a-picture');
    expect(codeOf(png(pngChunk('IHDR', header), pngChunk('1DAT', header), end))).toBe('not-a-picture');
  });

  test('jpeg: stuffed bytes, restart markers, fill bytes and a number of lines that comes late', () => {
    const frame = (height: number) => latin(`\xff\xc0\0\x0b\x08\0${String.fromCharCode(height)}\0\x07\x01\x01\x11\0`);
    const scan = latin('\xff\xda\0\x02ab\xff\0\xff\xd0cd\xff\xff\0\xff\x02e');
    const jpeg = (...parts: Uint8Array[]) => Buffer.concat([latin('\xff\xd8'), ...parts]);
    const end = latin('\xff\xff\xff\xd9');
    expect(codeOf(jpeg(frame(9), scan, end))).toBe('whole jpeg');
    expect(codeOf(jpeg(frame(0), scan, latin('\xff\xdc\0\x04\0\x09'), end))).toBe('whole jpeg');
    expect(codeOf(jpeg(frame(0), scan, end))).toBe('not-a-picture');
    expect(codeOf(jpeg(frame(9), end))).toBe('not-a-picture');
    expect(codeOf(jpeg(scan, end))).toBe('not-a-picture');
    expect(codeOf(jpeg(latin('\xff\xe0\0\x01'), frame(9), scan, end))).toBe('not-a-picture');
    expect(codeOf(jpeg(frame(9), scan))).toBe('cut-off');
  });

  test('gif', () => {
    const begin = latin('GIF89a\x02\0\x02\0\0\0\0');
    const image = latin(',\0\0\0\0\x02\0\x02\0\0\x02\x02DD\0');
    expect(codeOf(Buffer.concat([begin, latin('!\xfe\x03abc\0\0\0'), image, latin(';')]))).toBe('whole gif');
    expect(codeOf(Buffer.concat([begin, latin(';     a b c')]))).toBe('not-a-picture');
    expect(codeOf(Buffer.concat([begin, image, latin('?')]))).toBe('not-a-picture');
    expect(codeOf(Buffer.concat([begin, image.subarray(0, -1)]))).toBe('cut-off');
    expect(codeOf(begin)).toBe('cut-off');
  });

  test('webp whose chunk is longer than the file says it is', async () => {
    const webp = Buffer.from((await samples()).find(({ name }) => name === 'lossy webp')?.bytes ?? []);
    webp.writeUInt32LE(webp.length, 16);
    expect(codeOf(webp)).toBe('not-a-picture');
  });

  test('bmp: each header, top down and bottom up, and sizes that no file has', () => {
    expect(codeOf(bmp(7, 2))).toBe('whole bmp');
    expect(codeOf(bmp(7, 0))).toBe('not-a-picture');
    const huge = Buffer.from(bmp(7, 2));
    huge.writeInt32LE(0x7fffffff, 18);
    expect(codeOf(huge)).toBe('cut-off');
    const core = Buffer.concat([
      latin('BM\x1e\0\0\0\0\0\0\0\x1a\0\0\0\x0c\0\0\0\x01\0\x01\0\x01\0\x18\0'),
      Buffer.alloc(4),
    ]);
    expect(codeOf(core)).toBe('whole bmp');
    expect(codeOf(core.subarray(0, -1))).toBe('cut-off');
  });

  test('avif: a file that ends between two boxes, or has nested boxes without end', async () => {
    const avif = Buffer.from((await samples()).find(({ name }) => name === 'avif')?.bytes ?? []);
    const data = avif.indexOf('mdat') - 4;
    expect(codeOf(avif.subarray(0, data))).toBe('cut-off');
    expect(codeOf(Buffer.concat([avif.subarray(0, data), latin('\0\0\0\x08mdat')]))).toBe('cut-off');
    const deep = Buffer.concat(Array.from({ length: 50_000 }, () => latin('\0\x7f\0\0iprp')));
    expect(
      codeOf(Buffer.concat([avif.subarray(0, avif.indexOf('meta') - 4), latin('\0\x7f\0\0meta\0\0\0\0'), deep])),
    ).toBe('not-a-picture');
  });

  test('tiff whose directories make a circle', () => {
    const entries = '\0\x01\x03\0\x01\0\0\0\x05\0\0\0\x01\x01\x03\0\x01\0\0\0\x05\0\0\0';
    expect(codeOf(latin(`II*\0\x08\0\0\0\x02\0${entries}\x08\0\0\0 and a bit`))).toBe('whole tiff');
    expect(codeOf(latin(`II*\0\x08\0\0\0\0\0 and a bit more, and more`))).toBe('not-a-picture');
  });
});

test('extensions fit their type; none fits every type', () => {
  expect(typeMatchesExtension('jpeg', 'jpg')).toBe(true);
  expect(typeMatchesExtension('png', 'jpg')).toBe(false);
  expect(typeMatchesExtension('tiff', 'tif')).toBe(true);
  expect(typeMatchesExtension('webp', '')).toBe(true);
});

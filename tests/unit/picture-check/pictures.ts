import { crc32 } from 'node:zlib';
import sharp, { type Sharp } from 'sharp';

export type Sample = {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly type: string;
  readonly width: number;
  readonly height: number;
  readonly animated: boolean;
};

/** Creates an image that no codec compresses well, the same in each run. */
function raw(width: number, height: number): Sharp {
  let state = 12345;
  const pixels = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

async function frames(format: 'gif' | 'webp', count: number): Promise<Uint8Array> {
  const pages = await Promise.all(
    Array.from({ length: count }, (_, i) =>
      sharp({ create: { width: 8, height: 6, channels: 3, background: { r: 80 * i, g: 10, b: 200 } } })
        .png()
        .toBuffer(),
    ),
  );
  const joined = sharp(pages, { join: { animated: true } });
  return format === 'gif' ? joined.gif().toBuffer() : joined.webp().toBuffer();
}

function sample(
  name: string,
  type: string,
  size: readonly [number, number],
  bytes: Uint8Array,
  animated = false,
): Sample {
  return { name, bytes, type, width: size[0], height: size[1], animated };
}

/** Creates one real image for each variant of each format. */
export async function samples(): Promise<readonly Sample[]> {
  const picture = () => raw(13, 9);
  const thumbnail = await raw(4, 4).jpeg().toBuffer();
  const jpeg = await raw(40, 30).jpeg({ quality: 100 }).toBuffer();
  const png = await picture().png().toBuffer();
  const avif = await picture().avif({ effort: 0 }).toBuffer();
  const size = [13, 9] as const;
  return [
    sample('png', 'png', size, png),
    sample('interlaced png', 'png', size, await picture().png({ progressive: true, palette: true }).toBuffer()),
    sample('apng', 'png', size, animatedPng(png), true),
    sample('jpeg', 'jpeg', [40, 30], jpeg),
    sample('progressive jpeg', 'jpeg', size, await picture().jpeg({ progressive: true }).toBuffer()),
    sample('jpeg with a thumbnail', 'jpeg', [40, 30], withThumbnail(jpeg, thumbnail)),
    ...(await turned()),
    sample('gif', 'gif', size, await picture().gif().toBuffer()),
    sample('animated gif', 'gif', [8, 6], await frames('gif', 3), true),
    sample('lossy webp', 'webp', size, await picture().webp().toBuffer()),
    sample('lossless webp', 'webp', size, await picture().webp({ lossless: true }).toBuffer()),
    sample('webp with alpha', 'webp', size, await picture().ensureAlpha(0.5).webp({ quality: 40 }).toBuffer()),
    sample('animated webp', 'webp', [8, 6], await frames('webp', 3), true),
    sample('avif', 'avif', size, avif),
    sample('avif with frames', 'avif', size, withFrames(avif), true),
    sample('heic, by its brand', 'heic', size, branded(avif, 'heic')),
    sample('avif with alpha', 'avif', size, await picture().ensureAlpha(0.5).avif({ effort: 0 }).toBuffer()),
    sample('tiff', 'tiff', size, await picture().tiff({ compression: 'none' }).toBuffer()),
    sample(
      'tiled tiff',
      'tiff',
      [70, 50],
      await raw(70, 50).tiff({ tile: true, tileWidth: 16, tileHeight: 16 }).toBuffer(),
    ),
    sample('big tiff', 'tiff', size, await picture().tiff({ bigtiff: true, compression: 'lzw' }).toBuffer()),
    sample('bmp', 'bmp', [5, 3], bmp(5, -3)),
    sample('ico', 'ico', [13, 9], ico(png)),
    ...svgs(),
  ];
}

/** Creates each format with each orientation: 5 to 8 rotate by 90°, and the size is the displayed one. */
async function turned(): Promise<readonly Sample[]> {
  const orientations = [1, 2, 3, 4, 5, 6, 7, 8] as const;
  const made = orientations.map(async (orientation) => {
    const size = orientation >= 5 ? ([9, 13] as const) : ([13, 9] as const);
    const picture = () => raw(13, 9).withMetadata({ orientation });
    const jpeg = await picture().jpeg().toBuffer();
    const exif = exifBlock(orientation);
    const png = await raw(13, 9).png().toBuffer();
    return [
      sample(`jpeg, orientation ${orientation}`, 'jpeg', size, jpeg),
      sample(`png, orientation ${orientation}`, 'png', size, withChunk(png, pngChunk('eXIf', exif))),
      sample(`webp, orientation ${orientation}`, 'webp', size, await picture().webp().toBuffer()),
      sample(`tiff, orientation ${orientation}`, 'tiff', size, await picture().tiff().toBuffer()),
    ];
  });
  const avif = await raw(13, 9).avif({ effort: 0 }).toBuffer();
  const heifs = ([0, 1, 2, 3] as const).map((turns) => {
    const size = turns % 2 === 1 ? ([9, 13] as const) : ([13, 9] as const);
    return sample(`avif turned ${turns} times`, 'avif', size, withTurn(avif, turns));
  });
  return [...(await Promise.all(made)).flat(), ...heifs];
}

/** Creates big-endian EXIF with only an orientation. */
function exifBlock(orientation: number): Uint8Array {
  const block = Buffer.alloc(26);
  block.write('MM', 0, 'latin1');
  block.writeUInt16BE(42, 2);
  block.writeUInt32BE(8, 4);
  block.writeUInt16BE(1, 8);
  block.writeUInt16BE(274, 10);
  block.writeUInt16BE(3, 12);
  block.writeUInt32BE(1, 14);
  block.writeUInt16BE(orientation, 18);
  return block;
}

function withChunk(png: Uint8Array, chunk: Uint8Array): Uint8Array {
  return Buffer.concat([png.subarray(0, 33), chunk, png.subarray(33)]);
}

/** Adds an `irot` property to the primary item of an AVIF, and moves the following data. */
function withTurn(avif: Uint8Array, turns: number): Uint8Array {
  const file = Buffer.from(avif);
  const irot = Buffer.from([0, 0, 0, 9, ...Buffer.from('irot', 'latin1'), turns]);
  const at = (name: string) => file.indexOf(name, 0, 'latin1') - 4;
  const [meta, iprp, ipco, ipma, iloc] = [at('meta'), at('iprp'), at('ipco'), at('ipma'), at('iloc')];
  const grow = (box: number, by: number) => file.writeUInt32BE(file.readUInt32BE(box) + by, box);
  let properties = 0;
  for (let child = ipco + 8; child < ipma; child += file.readUInt32BE(child)) properties += 1;
  // The first entry of `ipma` is the primary item: its count follows its id.
  const count = ipma + 18;
  file.writeUInt8(file.readUInt8(count) + 1, count);
  const added = irot.length + 1;
  for (const box of [meta, iprp]) grow(box, added);
  grow(ipco, irot.length);
  grow(ipma, 1);
  // Version 0, four-byte offsets, one item with one extent.
  file.writeUInt32BE(file.readUInt32BE(iloc + 22) + added, iloc + 22);
  const association = Buffer.from([0x80 | (properties + 1)]);
  const head = [file.subarray(0, ipma), irot, file.subarray(ipma, count + 1)];
  return Buffer.concat([...head, association, file.subarray(count + 1)]);
}

function svgs(): readonly Sample[] {
  const text = (value: string) => new TextEncoder().encode(value);
  const body = '<g><rect width="3" height=\'4\' title="a > b"/></g><!-- </svg> --><![CDATA[ </svg> ]]]><?x </svg> ?>';
  const svg = (attributes: string, inner = body) =>
    `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inner}</svg>`;
  const doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD > 1.1//EN" [<!ENTITY a "it\'s > b"> <!-- isn\'t ]> --> <?x "?>]>';
  const wide = Uint8Array.from(Buffer.from(`\ufeff${svg('width="20" height="10"')}`, 'utf16le'));
  return [
    sample('svg', 'svg', [20, 10], text(svg('width="20" height="10"'))),
    sample('svg by its view box', 'svg', [30, 12], text(svg('width="100%" viewBox="0, 0 30 12"'))),
    sample('svg in inches', 'svg', [96, 48], text(svg('width="1in" viewBox="0 0 2 1"'))),
    sample(
      'svg with a prolog',
      'svg',
      [7, 8],
      text(`\ufeff<?xml version="1.0"?>\n<!-- <html> -->\n${doctype}\n${svg('width="7px" height="8"')}\n`),
    ),
    sample('svg, prefixed and empty', 'svg', [7, 8], text('<svg:svg width="7" height="8"/>')),
    sample('animated svg', 'svg', [7, 8], text(svg('width="7" height="8"', '<rect><animate to="1"/></rect>')), true),
    sample('svg in utf-16', 'svg', [20, 10], wide),
  ];
}

export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = Buffer.alloc(12 + data.length);
  chunk.writeUInt32BE(data.length, 0);
  chunk.write(type, 4, 'latin1');
  chunk.set(data, 8);
  chunk.writeUInt32BE(crc32(chunk.subarray(4, 8 + data.length)), 8 + data.length);
  return chunk;
}

function animatedPng(png: Uint8Array): Uint8Array {
  const control = Buffer.alloc(8);
  control.writeUInt32BE(2, 0);
  return Buffer.concat([png.subarray(0, 33), pngChunk('acTL', control), png.subarray(33)]);
}

function branded(avif: Uint8Array, brand: string): Buffer {
  const file = Buffer.from(avif);
  for (let at = file.indexOf('avif'); at >= 0 && at < 64; at = file.indexOf('avif')) file.write(brand, at);
  return file;
}

/** Turns an AVIF into a sequence, whose frame table is in a separate box. */
function withFrames(avif: Uint8Array): Uint8Array {
  const file = branded(avif, 'avis');
  const data = file.indexOf('mdat') - 4;
  return Buffer.concat([file.subarray(0, data), Buffer.from('\0\0\0\x08moov', 'latin1'), file.subarray(data)]);
}

/** Inserts a complete JPEG in an APP1 segment, like cameras do. */
function withThumbnail(jpeg: Uint8Array, thumbnail: Uint8Array): Uint8Array {
  const head = Buffer.from([0xff, 0xe1, 0, 0, ...Buffer.from('Exif\0\0')]);
  head.writeUInt16BE(2 + 6 + thumbnail.length, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, thumbnail, jpeg.subarray(2)]);
}

export function bmp(width: number, height: number): Uint8Array {
  const pixels = Math.ceil((24 * width) / 32) * 4 * Math.abs(height);
  const file = Buffer.alloc(54 + pixels, 7);
  file.fill(0, 0, 54);
  file.write('BM');
  file.writeUInt32LE(54, 10);
  file.writeUInt32LE(40, 14);
  file.writeInt32LE(width, 18);
  file.writeInt32LE(height, 22);
  file.writeUInt16LE(1, 26);
  file.writeUInt16LE(24, 28);
  return file;
}

function ico(png: Uint8Array): Uint8Array {
  const head = Buffer.alloc(22);
  head.set([0, 0, 1, 0, 1, 0, 13, 9, 0, 0, 1, 0, 32, 0]);
  head.writeUInt32LE(png.length, 14);
  head.writeUInt32LE(22, 18);
  return Buffer.concat([head, png]);
}

import { skip, skipToEnd, take, takeOrEnd, type Cursor, type Walker } from '../byte-feed.ts';
import { extentsEnd } from './item-locations.ts';
import { hasProperty, isQuarterTurn, primaryItem } from './item-rotation.ts';
import { ascii, u32be, u64be } from '../integers.ts';
import { cutOff, damaged, notAnImage, wholeImage, type ImageType } from '../verdict.ts';

type Box = { readonly type: string; /** Infinity: up to the end of the file. */ readonly end: number };

type Found = {
  width: number;
  height: number;
  /** Some image data was there in full: a media box, or data inside the meta box. */
  hasData: boolean;
  /** The file must reach this far for every item to be whole. */
  neededEnd: number;
  hasFrames: boolean;
  /** The shown item is turned by a quarter. */
  isTurned: boolean;
};

const largestItemTable = 1_048_576;
const sequenceBrands: readonly string[] = ['avis', 'msf1', 'hevc', 'hevx'];
const heicBrands: readonly string[] = ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'];

/** AVIF and HEIC: boxes of ISO BMFF up to the last byte that an item needs (ISO/IEC 14496-12, 23008-12). */
export function* walkIsoMedia(cursor: Cursor): Walker {
  const first = yield take(8);
  const brandBytes = u32be(first, 0) - 8;
  if (brandBytes < 8 || brandBytes > 1024) return damaged('AVIF or HEIC');
  const brands = brandsIn(yield take(brandBytes));
  const type = typeOf(brands);
  if (type === undefined) return notAnImage('a video or another media file');
  const format = type.toUpperCase();
  const mayHaveFrames = brands.some((brand) => sequenceBrands.includes(brand));
  const found: Found = { width: 0, height: 0, hasData: false, neededEnd: 0, hasFrames: false, isTurned: false };
  const isWhole = () => found.width > 0 && found.hasData && cursor.position >= found.neededEnd;

  while (!isWhole() || (mayHaveFrames && !found.hasFrames)) {
    const head = yield takeOrEnd(8);
    if (head.length === 0) break;
    const box = head.length < 8 ? 'short' : yield* boxFrom(head, cursor);
    if (box === 'short') return isWhole() ? pictureFrom(type, found) : cutOff(format);
    if (box === undefined) return damaged(format);
    if (box.type === 'meta' && found.width === 0) {
      if (!(yield* walkMeta(box.end, cursor, found))) return damaged(format);
    } else {
      yield box.end === Infinity ? skipToEnd() : skip(box.end - cursor.position);
    }
    if (box.type === 'mdat') found.hasData = true;
    if (box.type === 'moov') found.hasFrames = true;
  }
  return isWhole() ? pictureFrom(type, found) : cutOff(format);
}

function pictureFrom(type: ImageType, found: Found): ReturnType<typeof wholeImage> {
  const { width, height, isTurned, hasFrames } = found;
  return wholeImage(type, isTurned ? { width: height, height: width } : { width, height }, hasFrames);
}

/** The major brand first, then the compatible ones. */
function brandsIn(bytes: Uint8Array): readonly string[] {
  const brands = [ascii(bytes, 0, 4)];
  for (let at = 8; at + 4 <= bytes.length; at += 4) brands.push(ascii(bytes, at, at + 4));
  return brands;
}

function typeOf(brands: readonly string[]): ImageType | undefined {
  if (brands.some((brand) => brand === 'avif' || brand === 'avis')) return 'avif';
  return brands.some((brand) => heicBrands.includes(brand)) ? 'heic' : undefined;
}

/** Reads the rest of a box's head; undefined where its length is impossible. */
function* boxFrom(head: Uint8Array, cursor: Cursor): Generator<ReturnType<typeof take>, Box | undefined, Uint8Array> {
  const type = ascii(head, 4, 8);
  const short = u32be(head, 0);
  const start = cursor.position - 8;
  if (short === 0) return { type, end: Infinity };
  const end = start + (short === 1 ? u64be(yield take(8), 0) : short);
  return end < cursor.position ? undefined : { type, end };
}

/** Containers are opened and their children read as one flat list, so that no nesting can exhaust anything. */
function* walkMeta(end: number, cursor: Cursor, found: Found): Generator<ReturnType<typeof take>, boolean, Uint8Array> {
  if (end === Infinity) return false;
  yield skip(4);
  const turning = { primary: 0, turns: new Set<number>() };
  let properties = { end: 0, count: 0 };
  while (end - cursor.position >= 8) {
    const box = yield* boxFrom(yield take(8), cursor);
    if (box === undefined || box.end > end) return false;
    const length = box.end - cursor.position;
    if (box.type === 'ipco') properties = { end: box.end, count: 0 };
    if (box.type === 'iprp' || box.type === 'ipco') continue;
    if (box.end <= properties.end) properties.count += 1;
    if (box.type === 'ispe' && length >= 12) {
      const extent = yield take(12);
      const width = u32be(extent, 4);
      const height = u32be(extent, 8);
      // Tiles, thumbnails and masks have sizes of their own: the picture is the largest.
      if (width * height > found.width * found.height) Object.assign(found, { width, height });
    } else if (box.type === 'iloc' && length <= largestItemTable) {
      found.neededEnd = extentsEnd(yield take(length));
    } else if (turnBoxes.includes(box.type) && length <= largestItemTable) {
      found.isTurned ||= readTurn(box.type, yield take(length), turning, properties.count);
    } else if (box.type === 'idat') {
      found.hasData = true;
    }
    yield skip(box.end - cursor.position);
  }
  yield skip(Math.max(0, end - cursor.position));
  return true;
}

const turnBoxes: readonly string[] = ['pitm', 'irot', 'ipma'];

/** `turns`: the quarter turns among the properties, which are counted from 1. True once the shown item has one of them. */
function readTurn(
  type: string,
  box: Uint8Array,
  turning: { primary: number; readonly turns: Set<number> },
  property: number,
): boolean {
  if (type === 'pitm') turning.primary = primaryItem(box);
  if (type === 'irot' && isQuarterTurn(box)) turning.turns.add(property);
  return type === 'ipma' && hasProperty(box, turning.primary, turning.turns);
}

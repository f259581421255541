import { scan, skip, take, takeOrEnd, type Cursor, type Scan, type Walker } from '../byte-feed.ts';
import { u16le } from '../integers.ts';
import { cutOff, damaged, wholeImage, withoutEnd } from '../verdict.ts';

const extension = 0x21;
const image = 0x2c;
const trailer = 0x3b;
/** Some writers leave zero bytes between blocks; every decoder passes over them. */
const padding = 0x00;

const graphicControl = 0xf9;

/** GIF: blocks up to the trailer (GIF89a), or to the file's end where that lies between two blocks. */
export function* walkGif(cursor: Cursor): Walker {
  yield skip(6);
  const screen = yield take(7);
  let size = { width: u16le(screen, 0), height: u16le(screen, 2) };
  let images = 0;
  /** An image must follow. */
  let isOpen = true;
  yield skip(colourTableBytes(screen[4] ?? 0));
  for (;;) {
    const block = (yield takeOrEnd(1))[0];
    if (cursor.isAtEnd()) {
      return isOpen
        ? cutOff('GIF')
        : withoutEnd(wholeImage('gif', size, images > 1), 'GIF', 'it ends between two blocks');
    }
    if (block === trailer) return images > 0 ? wholeImage('gif', size, images > 1) : damaged('GIF');
    if (block === extension) {
      if ((yield take(1))[0] === graphicControl) isOpen = true;
      yield scan(subBlocks());
    } else if (block === image) {
      const descriptor = yield take(9);
      if (size.width === 0 || size.height === 0) size = { width: u16le(descriptor, 4), height: u16le(descriptor, 6) };
      yield skip(colourTableBytes(descriptor[8] ?? 0) + 1);
      yield scan(subBlocks());
      images += 1;
      isOpen = false;
    } else if (block !== padding) {
      return damaged('GIF');
    }
  }
}

function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 0x07) + 1);
}

/** Passes over length-prefixed sub-blocks and the empty one that ends them. */
function subBlocks(): Scan {
  let left = 0;
  return (bytes, start) => {
    let at = start;
    for (;;) {
      at += left;
      if (at >= bytes.length) {
        left = at - bytes.length;
        return -1;
      }
      left = bytes[at] ?? 0;
      at += 1;
      if (left === 0) return at;
    }
  };
}

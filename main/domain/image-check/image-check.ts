import { createByteFeed, type ByteFeed, type Crc32 } from './byte-feed.ts';
import { beginsLike, formatOf, signatureBytes } from './formats.ts';
import { cutOff, emptyFile, type ImageVerdict } from './verdict.ts';

export type ImageCheck = {
  /** The file's next bytes, in pieces of any size. False once it is certain to be no picture: the rest can be spared. */
  push(chunk: Uint8Array): boolean;
  /** The verdict on a file that ends here. */
  finish(): ImageVerdict;
};

/**
 * Tells from a file's bytes, as they pass, whether they are one whole picture, by walking its format's own structure to
 * the end. Keeps none of them, so memory stays flat; the verdict does not depend on how the bytes are cut into chunks.
 */
export function createImageCheck(crc32: Crc32): ImageCheck {
  let head: Uint8Array = new Uint8Array(0);
  let format = '';
  let feed: ByteFeed | undefined;

  function begin(): ByteFeed {
    const found = formatOf(head);
    format = found.name;
    feed = createByteFeed(found.walk, crc32);
    feed.push(head);
    return feed;
  }

  function push(chunk: Uint8Array): boolean {
    let rest = chunk;
    if (feed === undefined) {
      const used = Math.min(signatureBytes - head.length, chunk.length);
      head = joined(head, chunk.subarray(0, used));
      if (head.length < signatureBytes) return true;
      begin();
      rest = chunk.subarray(used);
    }
    feed?.push(rest);
    return feed?.verdict()?.whole !== false;
  }

  function finish(): ImageVerdict {
    if (head.length === 0) return emptyFile();
    const verdict = (feed ?? begin()).end() ?? cutOff(format);
    // Too short to be recognised, but it begins as a picture does.
    const isUnknown = format === '' && !verdict.whole && verdict.code === 'not-a-picture';
    return isUnknown && head.length < signatureBytes && beginsLike(head) ? cutOff('') : verdict;
  }

  return { push, finish };
}

function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

import type { ImageVerdict } from './verdict.ts';

/**
 * Looks at `bytes` from `start`: returns the index behind the last byte it used once it has found its end, or -1 when
 * it has used them all and wants more.
 */
export type Scan = (bytes: Uint8Array, start: number) => number;

/** What a walker asks for next. With `orEnd` it also goes on, with what there is, when the file ends first. */
export type Want =
  | { readonly kind: 'take'; readonly count: number; readonly orEnd: boolean }
  | { readonly kind: 'skip'; readonly count: number; readonly orEnd: boolean }
  | { readonly kind: 'scan'; readonly scan: Scan; readonly orEnd: boolean };

/** Continues a CRC-32 (ISO 3309) over more bytes. */
export type Crc32 = (bytes: Uint8Array, before: number) => number;

export type Cursor = {
  /** Bytes of the file that the walker has used so far. */
  readonly position: number;
  /** Returns whether the file has ended before all bytes of the last request were there. */
  isAtEnd(): boolean;
  /** The last bytes that were pushed, at most 64. */
  tail(): Uint8Array;
  readonly crc32: Crc32;
};

/** Walks one format as if the whole file were there; what it takes is only valid until it asks again. */
export type Walker = Generator<Want, ImageVerdict, Uint8Array>;

export type ByteFeed = {
  push(bytes: Uint8Array): void;
  /** The verdict, as soon as the walker has one. */
  verdict(): ImageVerdict | undefined;
  /** Tells the walker that the file ends here; undefined when it was still waiting for bytes. */
  end(): ImageVerdict | undefined;
};

export function take(count: number): Want {
  return { kind: 'take', count, orEnd: false };
}

export function takeOrEnd(count: number): Want {
  return { kind: 'take', count, orEnd: true };
}

export function skip(count: number): Want {
  return { kind: 'skip', count, orEnd: false };
}

export function skipToEnd(): Want {
  return { kind: 'skip', count: Infinity, orEnd: true };
}

export function scan(by: Scan): Want {
  return { kind: 'scan', scan: by, orEnd: false };
}

export function scanOrEnd(by: Scan): Want {
  return { kind: 'scan', scan: by, orEnd: true };
}

export function skipOrEnd(count: number): Want {
  return { kind: 'skip', count, orEnd: true };
}

const nothing: Uint8Array = new Uint8Array(0);
const tailBytes = 64;

/** Drives a walker with chunks of any size, so that no walker ever sees where one chunk ends and the next begins. */
export function createByteFeed(walk: (cursor: Cursor) => Walker, crc32: Crc32): ByteFeed {
  let isAtEnd = false;
  let tail = nothing;
  const cursor = { position: 0, isAtEnd: () => isAtEnd, tail: () => tail, crc32 };
  const walker = walk(cursor);
  let want: Want | undefined;
  let verdict: ImageVerdict | undefined;
  let gathered = nothing;
  let done = 0;

  function resume(bytes: Uint8Array): void {
    let given = bytes;
    for (;;) {
      const step = walker.next(given);
      done = 0;
      gathered = nothing;
      want = step.done === true ? undefined : step.value;
      if (step.done === true) verdict = step.value;
      if (want === undefined || want.kind === 'scan' || want.count > 0) return;
      given = nothing;
    }
  }

  /** Gives the walker what it wants from `bytes` at `start`; returns how far that went. */
  function advance(current: Want, bytes: Uint8Array, start: number): number {
    if (current.kind === 'scan') {
      const end = current.scan(bytes, start);
      cursor.position += (end < 0 ? bytes.length : end) - start;
      if (end >= 0) resume(nothing);
      return end < 0 ? bytes.length : end;
    }
    const part = Math.min(current.count - done, bytes.length - start);
    const end = start + part;
    cursor.position += part;
    const seen = bytes.subarray(start, end);
    const complete = done + part === current.count;
    if (current.kind === 'take' && part < current.count) {
      if (done === 0) gathered = new Uint8Array(current.count);
      gathered.set(seen, done);
    }
    const whole = done === 0 ? seen : gathered;
    done += part;
    if (complete) resume(current.kind === 'take' ? whole : nothing);
    return end;
  }

  resume(nothing);
  return {
    push(bytes) {
      if (verdict === undefined) tail = lastOf(tail, bytes);
      let at = 0;
      while (want !== undefined && at < bytes.length) at = advance(want, bytes, at);
    },
    verdict: () => verdict,
    end() {
      isAtEnd = true;
      while (want?.orEnd === true) resume(want.kind === 'take' ? gathered.subarray(0, done) : nothing);
      return verdict;
    },
  };
}

function lastOf(before: Uint8Array, bytes: Uint8Array): Uint8Array {
  const fresh = bytes.slice(-tailBytes);
  if (fresh.length === tailBytes) return fresh;
  const joined = new Uint8Array(before.length + fresh.length);
  joined.set(before);
  joined.set(fresh, before.length);
  return joined.subarray(-tailBytes);
}

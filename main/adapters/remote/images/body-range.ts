/** The position in the file at which a body begins, and the file's length in bytes if the server said it. */
export type BodyStart = { readonly from: number; readonly total: number | null };

export type RangeHeaders = {
  readonly status: number;
  readonly contentRange: string | undefined;
  readonly contentLength: string | undefined;
  /** With a content coding, the two headers count encoded bytes. */
  readonly isEncoded: boolean;
};

/**
 * Reads from Content-Range, checked against status and Content-Length, which part of the file a 200 or 206 brings. The
 * status alone does not say: servers send the rest with 200, and the whole with 206. Returns undefined for a part that
 * can't be used after `askedFrom`, the first byte that was asked for.
 */
export function bodyStart(headers: RangeHeaders, askedFrom: number): BodyStart | undefined {
  const { status, isEncoded, contentRange } = headers;
  const length = byteCount(headers.contentLength);
  const range = readRange(contentRange);
  if (range === undefined) return status === 200 ? startWithoutRange(headers, length) : undefined;
  const { from, to, total } = range;
  if (length !== null && !isEncoded && length !== to - from + 1) {
    return status === 200 && length === total ? { from: 0, total } : undefined;
  }
  if (from === 0 && total === to + 1) {
    // A whole file that was not asked for must prove its length.
    const isProven = status === 200 || askedFrom === 0 || length !== null;
    return isProven ? { from, total: isEncoded ? null : total } : undefined;
  }
  // Without the file's length, nothing tells a beginning from the whole.
  const isUsable = from === askedFrom && !isEncoded && (from > 0 || total !== null);
  return isUsable ? { from, total } : undefined;
}

/** A 200 is whole, unless `bytes *\/LENGTH` contradicts its own length. */
function startWithoutRange({ contentRange, isEncoded }: RangeHeaders, length: number | null): BodyStart | undefined {
  if (isEncoded) return { from: 0, total: null };
  const said = byteCount(/^bytes\s+\*\/(\d+)$/i.exec(contentRange?.trim() ?? '')?.[1]);
  return said === null || length === null || said === length ? { from: 0, total: length } : undefined;
}

/** A file's byte count as a header says it. */
function byteCount(text: string | undefined): number | null {
  const count = /^\d{1,16}$/.test(text ?? '') ? Number(text) : NaN;
  return Number.isSafeInteger(count) ? count : null;
}

function readRange(text: string | undefined): { from: number; to: number; total: number | null } | undefined {
  const match = /^bytes\s+(\d{1,16})-(\d{1,16})\/(\d{1,16}|\*)$/i.exec(text?.trim() ?? '');
  if (!match) return undefined;
  const [from, to, total] = [Number(match[1]), Number(match[2]), byteCount(match[3])];
  return to < from || (total !== null && to >= total) ? undefined : { from, to, total };
}

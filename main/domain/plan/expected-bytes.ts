import { parseSize, type ByteSpan } from '../image/size.ts';
import type { PlanImage } from './plan-types.ts';

/** Different size texts are few in a library: each is read once. */
const mostTexts = 100_000;

/** The exact size where it is known, else the range that the API's text stands for, else null. */
export function createSizer(): (image: PlanImage) => ByteSpan | null {
  const spans = new Map<string, ByteSpan | null>();
  return ({ exactBytes, sizeText }) => {
    if (exactBytes !== null) return { low: exactBytes, high: exactBytes };
    const known = spans.get(sizeText);
    if (known !== undefined) return known;
    const parsed = parseSize(sizeText);
    const span = parsed && { low: parsed.lowBytes, high: parsed.highBytes };
    if (spans.size < mostTexts) spans.set(sizeText, span);
    return span;
  };
}

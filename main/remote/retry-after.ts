/**
 * `Retry-After` in ms from `now`, from seconds or a date (RFC 9110 10.2.3); undefined where it is absent, unreadable or
 * already over.
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const isDate = /^[a-z]{3,9},? |^\d{4}-\d\d-\d\dT/i.test(text);
  const waitMs = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1_000 : isDate ? Date.parse(text) - now : NaN;
  return Number.isFinite(waitMs) && waitMs > 0 ? Math.ceil(waitMs) : undefined;
}

/** A moment as people read it; the end of time where it lies beyond what a date can say. */
export function momentInWords(at: number): string {
  const date = new Date(Math.min(at, 8.64e15));
  return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

import { readHttpDate } from '../../../domain/network/http-date.ts';
import type { Answer } from './exchange.ts';

/** The headers that say when to ask again: `Retry-After`, and the `Date` that the answer was made at. */
export type RetryHeaders = { readonly retryAfter: string | undefined; readonly date: string | undefined };

export function retryHeadersOf(answer: Pick<Answer, 'header'>): RetryHeaders {
  return { retryAfter: answer.header('retry-after'), date: answer.header('date') };
}

/** The last moment that a date can say, in ms since the epoch. */
const latestTime = 8.64e15;

/** An instant as RFC 3339 writes it; some services send one in place of an HTTP date. */
const instant = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/i;

/**
 * Reads `Retry-After` as ms from `now`, from seconds or a date (RFC 9110 10.2.3); undefined if it is absent, unreadable
 * or already over. A date is measured against the answer's own `Date`, as the two clocks may differ.
 */
export function retryAfterMs({ retryAfter, date }: RetryHeaders, now: number): number | undefined {
  const text = retryAfter?.trim() ?? '';
  const until = readHttpDate(text, now) ?? (instant.test(text) ? Date.parse(text) : NaN);
  const waitMs = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1_000 : until - (readHttpDate(date, now) ?? now);
  return Number.isFinite(waitMs) && waitMs > 0 ? Math.min(Math.ceil(waitMs), latestTime - now) : undefined;
}

/** A moment as people read it; the end of time where it lies beyond what a date can say. */
export function formatMoment(at: number): string {
  const date = new Date(Math.min(at, latestTime));
  return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}

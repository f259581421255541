import type { Readable } from 'node:stream';
import { fail, ok, type Result } from '../../../domain/result.ts';
import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import { readHttpDate } from '../../../domain/network/http-date.ts';
import { bodyStart, type BodyStart } from './body-range.ts';
import { watchedChunks } from '../http/body.ts';
import { codingsOf, decodedBody } from '../http/content-coding.ts';
import { dropBody, type Answer } from '../http/exchange.ts';
import { changedProblem, pieceProblem, problemOfNetwork, problemOfStatus } from './image-problem.ts';
import { FetchFault, type ImageBody, type ImageRequest } from './image-source.ts';
import { retryHeadersOf } from '../http/retry-after.ts';

export type Circumstances = { readonly host: string; readonly now: number; readonly stallMs: number };

/** A date may lie so far in the future, as clocks differ. */
const clockSkewMs = 24 * 3_600_000;

/** Reads `Last-Modified`, in ms since the epoch; null for nonsense, such as a date before 1970 or in the future. */
function modifiedAt(answer: Answer, now: number): number | null {
  const at = readHttpDate(answer.header('last-modified'), now);
  const latest = Math.max(now, readHttpDate(answer.header('date'), now) ?? now) + clockSkewMs;
  return at !== null && at > 0 && at <= latest ? at : null;
}

/** A weak ETag, or a date within the second in which the answer was made, may name two contents (RFC 9110 8.8). */
function validatorOf(answer: Answer, now: number): string | null {
  const tag = answer.header('etag')?.trim();
  if (tag !== undefined && /^"[\x21\x23-\x7e]{0,300}"$/.test(tag)) return tag;
  const text = answer.header('last-modified')?.trim();
  const changedAt = modifiedAt(answer, now);
  if (text === undefined || changedAt === null) return null;
  const answeredAt = readHttpDate(answer.header('date'), now);
  return answeredAt !== null && answeredAt - changedAt < 1_000 ? null : text;
}

/** The headers that ask for the rest of a file, or none where the request is not for a rest. */
export function rangeHeaders({ resume }: ImageRequest): Readonly<Record<string, string>> {
  if (!resume || !Number.isSafeInteger(resume.from) || resume.from < 1) return {};
  if (!/^[\x20-\x7e]+$/.test(resume.validator)) return {};
  return { range: `bytes=${resume.from}-`, 'if-range': resume.validator };
}

/** Whether a partial answer is of another content than was asked for, which a server that knows no If-Range may send. */
function isOther(answer: Answer, validator: string): boolean {
  const now = answer.header(validator.startsWith('"') ? 'etag' : 'last-modified')?.trim();
  return now !== undefined && now.replace(/^W\//, '') !== validator;
}

function bodyOf(answer: Answer, stream: Readable, start: BodyStart, { now, stallMs }: Circumstances): ImageBody {
  const isEncoded = codingsOf(answer).length > 0;
  return {
    status: answer.status === 206 ? 206 : 200,
    from: start.from,
    totalBytes: start.total,
    validator: isEncoded ? null : validatorOf(answer, now),
    lastModified: modifiedAt(answer, now),
    contentType: answer.header('content-type') ?? null,
    // With its status, as a host that answers can be reached, whatever became of the body.
    chunks: watchedChunks(
      stream,
      stallMs,
      (error) => new FetchFault({ ...problemOfNetwork(answer.explain(error)), status: answer.status }),
    ),
    discard: () => void stream.destroy(),
  };
}

/** Turns an answer that redirects nowhere into a body to read, or the reason why there is none. */
export function readImageAnswer(
  answer: Answer,
  request: ImageRequest,
  circumstances: Circumstances,
): Result<ImageBody, FetchProblem> {
  const refuse = (problem: FetchProblem): Result<ImageBody, FetchProblem> => {
    dropBody(answer.body);
    return fail(problem);
  };
  const { host, now } = circumstances;
  // A proxy that changed the headers says 203 in place of 200.
  const status = answer.status === 203 ? 200 : answer.status;
  const asked = 'range' in rangeHeaders(request) ? request.resume : undefined;
  if (status === 416 && asked) return refuse(changedProblem(status, host));
  if (status !== 200 && status !== 206) {
    return refuse(problemOfStatus(status, host, retryHeadersOf(answer), now));
  }
  const isEncoded = codingsOf(answer).length > 0;
  const { header } = answer;
  const ranges = { status, contentRange: header('content-range'), contentLength: header('content-length'), isEncoded };
  const start = bodyStart(ranges, asked?.from ?? 0);
  const fits = start !== undefined && !(asked && start.from > 0 && isOther(answer, asked.validator));
  if (!fits) return refuse(asked ? changedProblem(status, host) : pieceProblem(status, host));
  const decoded = decodedBody(answer);
  if (!decoded.ok) {
    const message = `${host} sent the file in an encoding that can't be undone here (${decoded.error}).`;
    return refuse({ code: 'unexpected-answer', canRetry: false, status, message });
  }
  return ok(bodyOf(answer, decoded.value, start, circumstances));
}

import type { Readable } from 'node:stream';
import { fail, ok, type Result } from '../domain/result.ts';
import type { FetchProblem } from '../domain/fetch-problem.ts';
import { bodyStart, type BodyStart } from './answer-start.ts';
import { decodedBody, encodingsOf, watchedChunks } from './body.ts';
import { dropBody, type Answer } from './exchange.ts';
import { changedProblem, pieceProblem, problemOfNetwork, problemOfStatus } from './image-problem.ts';
import { FetchFault, type ImageBody, type ImageRequest } from './image-source.ts';

export type Circumstances = { readonly host: string; readonly now: number; readonly stallMs: number };

function moment(text: string | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isFinite(at) && at > 0 ? at : null;
}

/** A weak ETag, or a date within the second in which the answer was made, may name two contents (RFC 9110 8.8). */
function validatorOf(answer: Answer): string | null {
  const tag = answer.header('etag')?.trim();
  if (tag !== undefined && /^"[\x21\x23-\x7e]{0,300}"$/.test(tag)) return tag;
  const text = answer.header('last-modified')?.trim();
  const modifiedAt = moment(text);
  if (text === undefined || modifiedAt === null || !/^[\x20-\x7e]{1,100}$/.test(text)) return null;
  const answeredAt = moment(answer.header('date'));
  return answeredAt !== null && answeredAt - modifiedAt < 1_000 ? null : text;
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

function bodyOf(answer: Answer, stream: Readable, start: BodyStart, stallMs: number): ImageBody {
  const isEncoded = encodingsOf(answer).length > 0;
  return {
    status: answer.status === 206 ? 206 : 200,
    from: start.from,
    totalBytes: start.total,
    validator: isEncoded ? null : validatorOf(answer),
    lastModified: moment(answer.header('last-modified')),
    contentType: answer.header('content-type') ?? null,
    // With its status, as a host that answers can be reached, whatever became of the body.
    chunks: watchedChunks(
      stream,
      stallMs,
      (error) => new FetchFault({ ...problemOfNetwork(answer.explain(error)), status: answer.status }),
    ),
    discard() {
      const isBeingRead = stream.readableDidRead || stream.listenerCount('readable') > 0;
      if (stream === answer.body && !isBeingRead) dropBody(answer.body);
      else stream.destroy();
    },
  };
}

/** Turns an answer that redirects nowhere into a body to read, or the reason why there is none. */
export function readImageAnswer(
  answer: Answer,
  request: ImageRequest,
  { host, now, stallMs }: Circumstances,
): Result<ImageBody, FetchProblem> {
  const refuse = (problem: FetchProblem): Result<ImageBody, FetchProblem> => {
    dropBody(answer.body);
    return fail(problem);
  };
  const { status } = answer;
  const asked = 'range' in rangeHeaders(request) ? request.resume : undefined;
  if (status === 416 && asked) return refuse(changedProblem(status, host));
  if (status !== 200 && status !== 206) {
    return refuse(problemOfStatus(status, host, answer.header('retry-after'), now));
  }
  const start = bodyStart(
    {
      status,
      contentRange: answer.header('content-range'),
      contentLength: answer.header('content-length'),
      isEncoded: encodingsOf(answer).length > 0,
    },
    asked?.from ?? 0,
  );
  const fits = start !== undefined && !(asked && start.from > 0 && isOther(answer, asked.validator));
  if (!fits) return refuse(asked ? changedProblem(status, host) : pieceProblem(status, host));
  const stream = decodedBody(answer);
  if (!stream) {
    const message = `${host} sent the file in an encoding that is not known here.`;
    return refuse({ code: 'unexpected-answer', canRetry: false, status, message });
  }
  return ok(bodyOf(answer, stream, start, stallMs));
}

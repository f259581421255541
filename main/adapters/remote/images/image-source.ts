import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import type { Result } from '../../../domain/result.ts';

/** Which bytes to ask for. */
export type ImageRequest = {
  readonly url: string;
  /** The origin of the account that lists the image: it decides whether private addresses may be reached. */
  readonly accountOrigin: string;
  /** Continue from this byte, only if the file is still the one that `validator` names (Range with If-Range). */
  readonly resume?: { readonly from: number; readonly validator: string };
};

/** An answer 200 or 206 whose body has not been read yet. The reader must read it to its end or `discard` it. */
export type ImageBody = {
  readonly status: 200 | 206;
  /** Where in the file this body starts: 0 for a 200, the Content-Range's start for a 206. */
  readonly from: number;
  /** The whole file's length in bytes, where the server said one and the body is not content-encoded. */
  readonly totalBytes: number | null;
  /** A strong ETag, else the Last-Modified text; null where neither came or the body is content-encoded. */
  readonly validator: string | null;
  /** ms since the epoch. */
  readonly lastModified: number | null;
  readonly contentType: string | null;
  /** Decoded bytes. Iterating throws a `FetchFault` when the connection breaks, stalls or the encoding is cut. */
  readonly chunks: AsyncIterable<Uint8Array>;
  discard(): void;
};

/** What iterating `ImageBody.chunks` throws, so that a reader maps it without knowing the transport. */
export class FetchFault extends Error {
  readonly problem: FetchProblem;
  constructor(problem: FetchProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Opens an image's bytes through the gate: one attempt, redirects followed and checked, no retry. */
export type OpenImage = (request: ImageRequest, signal: AbortSignal) => Promise<Result<ImageBody, FetchProblem>>;

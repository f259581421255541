import { securityHeaders } from './security-headers.ts';

type Answer = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;
};

/** An answer with the headers that all have. A question by HEAD gets no body. */
export function answer(request: Request, { status, headers = {}, body = null }: Answer): Response {
  const all = { ...securityHeaders(new URL(request.url)), 'Cache-Control': 'no-store', ...headers };
  return new Response(request.method === 'HEAD' ? null : body, { status, headers: all });
}

/** A refusal in a sentence that no browser takes for a page. */
export function refusal(
  request: Request,
  status: number,
  sentence: string,
  headers: Record<string, string> = {},
): Response {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  return answer(request, { status, headers: { ...type, ...headers }, body: `${sentence}\n` });
}

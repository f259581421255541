import { securityHeaders } from './security-headers.ts';

type ResponseContent = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null;
};

/** Creates a response with the common headers, and without a body for HEAD. */
export function answer(request: Request, { status, headers = {}, body = null }: ResponseContent): Response {
  const allHeaders = { ...securityHeaders(new URL(request.url)), 'Cache-Control': 'no-store', ...headers };
  return new Response(request.method === 'HEAD' ? null : body, { status, headers: allHeaders });
}

/** Creates a plain-text refusal, which no browser mistakes for a page. */
export function refusal(
  request: Request,
  status: number,
  sentence: string,
  headers: Record<string, string> = {},
): Response {
  const type = { 'Content-Type': 'text/plain; charset=utf-8' };
  return answer(request, { status, headers: { ...type, ...headers }, body: `${sentence}\n` });
}

import { Agent, get, type IncomingHttpHeaders } from 'node:http';

export type PlainAnswer = {
  /** 0 if no head arrived. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** Why it failed: an error's code, or 'stalled' after `enoughBytes`. */
  readonly problem: string | null;
};

export type PlainRequest = {
  readonly headers?: Readonly<Record<string, string>>;
  /** Aborts once this many bytes have arrived. */
  readonly enoughBytes?: number;
};

/** Sends a bare GET: follows no redirects, decodes nothing, and returns whatever arrived before a failure. */
export function plainGet(
  url: string,
  { headers = {}, enoughBytes = Infinity }: PlainRequest = {},
): Promise<PlainAnswer> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    let head: { status: number; headers: IncomingHttpHeaders } = { status: 0, headers: {} };
    const end = (problem: string | null): void => resolve({ ...head, body: Buffer.concat(chunks), problem });
    const request = get(url, { headers, agent: new Agent({ keepAlive: false }) }, (response) => {
      head = { status: response.statusCode ?? 0, headers: response.headers };
      const stopIfEnough = (): void => {
        if (length < enoughBytes) return;
        end('stalled');
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk);
        length += chunk.length;
        stopIfEnough();
      });
      response.on('end', () => end(null));
      response.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    });
    request.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

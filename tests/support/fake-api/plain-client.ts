import { Agent, get, type IncomingHttpHeaders } from 'node:http';

export type PlainAnswer = {
  /** 0 where no head came. */
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** How it ended when it did not end well: an error's code, or 'stalled' where `enough` ended it. */
  readonly problem: string | null;
};

export type PlainRequest = {
  readonly headers?: Readonly<Record<string, string>>;
  /** Gives up once so many bytes are there. */
  readonly enoughBytes?: number;
};

/** A GET without comfort: follows nothing, decodes nothing, and tells what came before it went wrong. */
export function plainGet(
  url: string,
  { headers = {}, enoughBytes = Infinity }: PlainRequest = {},
): Promise<PlainAnswer> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let length = 0;
    let head: { status: number; headers: IncomingHttpHeaders } = { status: 0, headers: {} };
    const end = (problem: string | null): void => resolve({ ...head, body: Buffer.concat(pieces), problem });
    const request = get(url, { headers, agent: new Agent({ keepAlive: false }) }, (response) => {
      head = { status: response.statusCode ?? 0, headers: response.headers };
      const stopIfEnough = (): void => {
        if (length < enoughBytes) return;
        end('stalled');
        request.destroy();
      };
      response.on('data', (piece: Buffer) => {
        pieces.push(piece);
        length += piece.length;
        stopIfEnough();
      });
      response.on('end', () => end(null));
      response.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
    });
    request.on('error', (error: NodeJS.ErrnoException) => end(error.code ?? error.message));
  });
}

import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import sharp from 'sharp';
import type { FetchJob, Opened } from '../../../main/features/downloads/engine/engine-parts.ts';
import type { FetchToPartDeps } from '../../../main/features/downloads/fetch/fetch-to-part.ts';
import { createSpeedLimit } from '../../../main/features/downloads/fetch/speed-limit.ts';
import { systemClock } from '../../../main/hosts/shared/node/system-clock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { openGate } from '../remote/support.ts';

export const lastModified = Date.UTC(2025, 3, 5, 6, 7, 8);

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Creates a JPEG of noise, the same in each run, of some three bytes per pixel. */
export async function noise(width: number, height: number): Promise<Buffer> {
  let state = 7;
  const pixels = Uint8Array.from({ length: width * height * 3 }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return state >>> 24;
  });
  return sharp(pixels, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 100, chromaSubsampling: '4:4:4' })
    .toBuffer();
}

/** Creates the dependencies with the real gate and a short stall limit. */
export function fetchDeps(): FetchToPartDeps {
  return {
    openImage: openGate({ limits: { stallMs: 200 } }).gate.openImage,
    speedLimit: createSpeedLimit({ bytesPerSecond: null, clock: systemClock }),
    clock: systemClock,
  };
}

export type TestJob = FetchJob & { readonly opens: readonly Opened[]; readonly progress: readonly number[] };

export function jobFor(origin: string, more: Partial<FetchJob> = {}): TestJob {
  const opens: Opened[] = [];
  const progress: number[] = [];
  return {
    url: `${origin}/qp_userimages/sub-3/1/picture.jpg`,
    accountOrigin: origin,
    partPath: join(temporaryFolder(), 'picture.jpg.part'),
    validator: null,
    totalBytes: null,
    lastModified: null,
    picture: true,
    opened: (facts) => Promise.resolve(void opens.push(facts)),
    progressed: (bytes) => void progress.push(bytes),
    opens,
    progress,
    ...more,
  };
}

/** Creates the next attempt at the same file as after a restart, with the state of the last opened response. */
export function continued(job: TestJob): TestJob {
  const last = job.opens.at(-1);
  return jobFor(job.accountOrigin, { partPath: job.partPath, ...last });
}

/** Serves a file like a simple server, with Range and If-Range. */
export function sendFile(request: IncomingMessage, response: ServerResponse, file: Buffer, etag = '"one"'): void {
  const common = { etag, 'last-modified': new Date(lastModified).toUTCString(), 'content-type': 'image/jpeg' };
  const from = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? NaN);
  if (Number.isNaN(from) || request.headers['if-range'] !== etag) {
    response.writeHead(200, { ...common, 'content-length': file.length }).end(file);
    return;
  }
  if (from >= file.length) {
    response.writeHead(416, { 'content-range': `bytes */${String(file.length)}` }).end();
    return;
  }
  const range = `bytes ${String(from)}-${String(file.length - 1)}/${String(file.length)}`;
  response.writeHead(206, { ...common, 'content-length': file.length - from, 'content-range': range });
  response.end(file.subarray(from));
}

/** Declares the whole file, sends its beginning, and then closes the connection. */
export function sendBroken(response: ServerResponse, file: Buffer, sent: number, headers: object): void {
  response.writeHead(200, { 'content-length': file.length, ...headers });
  response.write(file.subarray(0, sent), () => setImmediate(() => response.destroy()));
}

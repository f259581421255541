import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { errorBody, type ErrorStatus } from './error-body.ts';
import { planFileAnswer } from './file-response.ts';
import { mediaTypeOf } from '../kinds.ts';
import { createSampleLibrary, type SampleImage, type SampleLibrary } from '../library.ts';
import { pageBody, readPageQuery, type PageRecord } from './page-body.ts';
import { createImageMaker, type ImageMaker } from '../images/picture-maker.ts';

export type SampleServerSettings = {
  /** 0 to 1,000,000. */
  readonly count: number;
  readonly seed: number;
  /** A free one where none is given. */
  readonly port?: number;
  /** What the images' URLs begin with; the server's own origin where none is given. */
  readonly publicOrigin?: string;
  readonly pictures?: ImageMaker;
};

export type SampleServer = {
  readonly origin: string;
  readonly port: number;
  /** Ends the server and every connection to it. */
  close(): Promise<void>;
};

/** The user whose images the library pretends to be; the server answers for any. */
export const sampleUserId = '1234567';

/** The list of one user's images, or of the key's own. */
export const listPath = /^\/a\/api\/v2\/(?:users\/([^/]+)\/)?images$/;
const picturePath = new RegExp(`^/qp_userimages/(sub-[0-9]+)/${sampleUserId}/([^/]+)$`);

/** The sample library as a service on 127.0.0.1 that speaks as QuestionPro's image API does, for any key and any user. */
export async function startSampleServer(settings: SampleServerSettings): Promise<SampleServer> {
  const library = createSampleLibrary(settings);
  const pictures = settings.pictures ?? createImageMaker();
  const server = createServer();
  const port = await listenOn(server, settings.port ?? 0);
  const origin = `http://127.0.0.1:${port}`;
  const answer = createAnswer({ library, pictures, publicOrigin: settings.publicOrigin ?? origin });
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    answer(request, response).catch(() => refuse(response, 500));
  });
  return { origin, port, close: () => closeServer(server) };
}

/** Resolves with the port; rejects where it is taken. */
export function listenOn(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

export function closeServer(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

type Answering = {
  readonly library: SampleLibrary;
  readonly pictures: ImageMaker;
  readonly publicOrigin: string;
};

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

function createAnswer({ library, pictures, publicOrigin }: Answering): Answer {
  let calls = 0;

  function list(url: URL, response: ServerResponse): void {
    const asked = readPageQuery(url.searchParams);
    if (asked === undefined) return refuse(response, 400);
    calls += 1;
    const body = pageBody({
      records: recordsOf(library, asked, publicOrigin),
      ...asked,
      totalItems: library.count,
      listUrl: publicOrigin + url.pathname,
      requestId: `sample-${String(calls).padStart(8, '0')}`,
    });
    send(response, 200, body);
  }

  async function picture(request: IncomingMessage, response: ServerResponse, image: SampleImage): Promise<void> {
    const plan = planFileAnswer(request.headers, {
      bytes: image.bytes,
      etag: `"${image.file.variant.toString(16)}-${image.id.toString(16)}-${image.bytes.toString(16)}"`,
      modifiedMs: image.modifiedMs,
      mediaType: mediaTypeOf(image.ext),
    });
    const wanted = plan.status === 416 ? undefined : await pictures.make(image.file);
    response.writeHead(plan.status, plan.headers).end(wanted?.subarray(plan.from, plan.to));
  }

  async function find(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', publicOrigin);
    const image = findImage(library, url.pathname);
    if (listPath.test(url.pathname)) list(url, response);
    else if (image === undefined) refuse(response, 404);
    else await picture(request, response, image);
  }

  return async (request, response) => {
    if (request.method === 'GET') await find(request, response);
    else refuse(response.setHeader('Allow', 'GET'), 400);
  };
}

function recordsOf(
  library: SampleLibrary,
  { page, perPage }: { page: number; perPage: number },
  origin: string,
): PageRecord[] {
  const first = (page - 1) * perPage;
  const length = Math.max(0, Math.min(perPage, library.count - first));
  return Array.from({ length }, (_, index) => library.at(first + index))
    .filter((image) => image !== undefined)
    .map((image) => recordOf(image, origin));
}

export function recordOf({ id, folder, name, sizeText }: SampleImage, origin: string): PageRecord {
  const imageURL = `${origin}/qp_userimages/${folder}/${sampleUserId}/${encodeURIComponent(name)}`;
  return { imageID: id, imageURL, size: sizeText };
}

function findImage(library: SampleLibrary, path: string): SampleImage | undefined {
  const [, folder, name] = picturePath.exec(path) ?? [];
  if (folder === undefined || name === undefined) return undefined;
  try {
    return library.find(folder, decodeURIComponent(name));
  } catch {
    return undefined;
  }
}

function refuse(response: ServerResponse, status: ErrorStatus): void {
  if (response.headersSent) response.destroy();
  else send(response, status, errorBody(status));
}

function send(response: ServerResponse, status: number, body: string): void {
  const headers = { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
  response.writeHead(status, headers).end(body);
}

import { open, type FileHandle } from 'node:fs/promises';
import type { ImageKey } from '../../../domain/image/image.ts';
import {
  imageSizes,
  type ImageFailure,
  type ImageFailureCode,
  type ImageSize,
} from '../../../domain/image/image-failure.ts';
import type { Result } from '../../../domain/result.ts';
import { answer, refusal } from './responses.ts';
import { readRange, type ByteRange } from './byte-range.ts';
import { streamFile } from './file-stream.ts';
import { imagePolicy } from './security-headers.ts';

export type ImageFile = { readonly path: string; readonly contentType: string };

/** Finds, fetches or makes an image file; stops when the signal is aborted. */
export type OpenImageFile = (
  size: ImageSize,
  key: ImageKey,
  signal: AbortSignal,
) => Promise<Result<ImageFile, ImageFailure>>;

const imagePath = new RegExp(`^/(${imageSizes.join('|')})/([1-9]\\d{0,15})/(0|[1-9]\\d{0,15})$`);

export type ImageFileRequest = ImageKey & { readonly size: ImageSize };

/** Parses an image path: a size and two numbers, never a file; undefined for others. */
export function readImagePath(path: string): ImageFileRequest | undefined {
  const [, name, account, image] = imagePath.exec(path) ?? [];
  const size = imageSizes.find((one) => one === name);
  const [accountId, id] = [Number(account), Number(image)];
  if (size === undefined || !Number.isSafeInteger(accountId) || !Number.isSafeInteger(id)) return undefined;
  return { size, accountId, id };
}

/** Responds with the image's bytes, or its problem as JSON: 404 if a retry can't help, 502 or 503 if it can. */
export async function respondWithImage(
  request: Request,
  { size, ...key }: ImageFileRequest,
  openImageFile: OpenImageFile,
): Promise<Response> {
  const opened = await openImageFile(size, key, request.signal);
  if (!opened.ok) return respondWithProblem(request, opened.error);
  let file: FileHandle;
  try {
    file = await open(opened.value.path, 'r');
  } catch {
    return respondWithProblem(request, missingFile);
  }
  try {
    return await respondWithFile(request, { file, size, contentType: opened.value.contentType });
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** The part of a failure that the page receives. */
type PublicFailure = Pick<ImageFailure, 'code' | 'message' | 'canRetry'>;

const missingFile: PublicFailure = {
  code: 'damaged',
  message: 'The file of this picture is not there any more, or may not be read.',
  canRetry: true,
};

const networkCodes: readonly ImageFailureCode[] = [
  'name-not-found',
  'connection-refused',
  'connection-lost',
  'tls-refused',
  'proxy-refused',
  'timed-out',
  'server-error',
  'unexpected-answer',
  'cut-off',
  'throttled',
];

function respondWithProblem(request: Request, { code, message, canRetry }: PublicFailure): Response {
  const status = networkCodes.includes(code) ? 502 : canRetry ? 503 : 404;
  const headers = { 'Content-Type': 'application/json', 'Content-Security-Policy': imagePolicy };
  return answer(request, { status, headers, body: JSON.stringify({ code, message, canRetry }) });
}

type OpenFile = { readonly file: FileHandle; readonly size: ImageSize; readonly contentType: string };

async function respondWithFile(request: Request, { file, size, contentType }: OpenFile): Promise<Response> {
  const status = await file.stat();
  if (!status.isFile()) {
    await file.close();
    return respondWithProblem(request, { ...missingFile, canRetry: false });
  }
  const bytes = status.size;
  const tag = `"${bytes.toString(36)}-${Math.trunc(status.mtimeMs).toString(36)}"`;
  const headers = { ...headersOf(request, contentType), ETag: tag };
  if (request.headers.get('if-none-match') === tag) {
    await file.close();
    return answer(request, { status: 304, headers });
  }
  const ifRange = request.headers.get('if-range');
  const rangeHeader =
    size === 'original' && (ifRange === null || ifRange === tag) ? request.headers.get('range') : null;
  const range = readRange(rangeHeader, bytes);
  if (range === 'unsatisfiable') {
    await file.close();
    return refusal(request, 416, 'The file ends before that range.', { 'Content-Range': `bytes */${bytes}` });
  }
  const { start, end } = range ?? { start: 0, end: bytes };
  const part = range === undefined ? {} : { 'Content-Range': `bytes ${start}-${end - 1}/${bytes}` };
  const responseHeaders = { ...headers, ...part, 'Content-Length': String(end - start) };
  const body = await bodyOf(request, file, { start, end });
  return answer(request, { status: range === undefined ? 200 : 206, headers: responseHeaders, body });
}

/** Larger ranges are streamed; smaller ones are read at once, which is faster and leaves nothing open. */
const maxBufferedBytes = 64 * 1024;

async function bodyOf(request: Request, file: FileHandle, { start, end }: ByteRange) {
  if (request.method !== 'HEAD' && end - start > maxBufferedBytes) return streamFile(file, { start, end });
  const bytes = new Uint8Array(request.method === 'HEAD' ? 0 : end - start);
  const { bytesRead } = bytes.length === 0 ? { bytesRead: 0 } : await file.read(bytes, 0, bytes.length, start);
  await file.close();
  if (bytesRead < bytes.length) throw new Error('The file became shorter while it was read.');
  return bytes.length === 0 ? null : bytes;
}

/**
 * Lets only images be shown; other files can only be saved. A URL with a version (`?v=…`) has fixed content, cached by
 * the browser; without one the browser revalidates each time.
 */
function headersOf(request: Request, contentType: string): Record<string, string> {
  const isImage = /^image\/[\w.+-]+$/.test(contentType);
  const { pathname, searchParams } = new URL(request.url);
  return {
    'Content-Type': isImage ? contentType : 'application/octet-stream',
    ...(isImage ? {} : { 'Content-Disposition': 'attachment' }),
    ...(pathname.startsWith('/original/') ? { 'Accept-Ranges': 'bytes' } : {}),
    'Content-Security-Policy': imagePolicy,
    'Cache-Control': searchParams.has('v') ? 'private, max-age=31536000, immutable' : 'private, no-cache',
  };
}

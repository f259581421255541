import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http';

/** What a web server knows of a file before it reads it. */
export type FileFacts = {
  readonly bytes: number;
  /** Strong, with its quotes. */
  readonly etag: string;
  /** ms since the epoch, whole seconds. */
  readonly modifiedMs: number;
  readonly mediaType: string;
};

/** How to answer a GET of a file: these of its bytes (`to` excluded) behind these headers. */
export type FileAnswer = {
  readonly status: 200 | 206 | 416;
  readonly headers: OutgoingHttpHeaders;
  readonly from: number;
  readonly to: number;
};

/** Range and If-Range after RFC 9110, 13.1.5 and 14: one range is served, several are answered with the whole file. */
export function planFileAnswer(request: IncomingHttpHeaders, facts: FileFacts): FileAnswer {
  const lastModified = new Date(facts.modifiedMs).toUTCString();
  const headers = {
    'Content-Type': facts.mediaType,
    ETag: facts.etag,
    'Last-Modified': lastModified,
    'Accept-Ranges': 'bytes',
  };
  const whole: FileAnswer = {
    status: 200,
    headers: { ...headers, 'Content-Length': facts.bytes },
    from: 0,
    to: facts.bytes,
  };
  const condition = request['if-range'];
  if (condition !== undefined && condition !== facts.etag && condition !== lastModified) return whole;
  const range = readRange(request.range, facts.bytes);
  if (range === undefined) return whole;
  if (range === 'beyond') {
    const refusal = { 'Content-Range': `bytes */${facts.bytes}`, 'Content-Length': 0 };
    return { status: 416, headers: refusal, from: 0, to: 0 };
  }
  const contentRange = `bytes ${range.from}-${range.to - 1}/${facts.bytes}`;
  return {
    status: 206,
    headers: { ...headers, 'Content-Length': range.to - range.from, 'Content-Range': contentRange },
    ...range,
  };
}

/** Undefined where the header asks for nothing that is understood. */
function readRange(header: string | undefined, bytes: number): { from: number; to: number } | 'beyond' | undefined {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/i.exec(header?.trim() ?? '') ?? [];
  if (first === '' && last === '') return undefined;
  if (first === '') return Number(last) === 0 ? 'beyond' : { from: Math.max(0, bytes - Number(last)), to: bytes };
  const from = Number(first);
  const to = last === '' ? bytes : Math.min(bytes, Number(last) + 1);
  if (last !== '' && Number(last) < from) return undefined;
  return from >= bytes ? 'beyond' : { from, to };
}

import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Fault, RetryAfter } from './fault.ts';

/** A complete response, before any fault applies. Header names are in lower case. */
export type Sound = { readonly status: number; readonly headers: OutgoingHttpHeaders; readonly body: Buffer };

export function soundText(status: number, body: string, mediaType: string): Sound {
  const bytes = Buffer.from(body);
  return { status, headers: { 'content-type': mediaType, 'content-length': bytes.length }, body: bytes };
}

/** Sends the response with its fault; resolves with the status, 0 if none was sent. */
export async function deliver(response: ServerResponse, sound: Sound, fault: Fault): Promise<number> {
  const { status, headers, body } = applyFault(sound, fault);
  if (fault.ending?.after === 'no-head') {
    await endEarly(response, fault.ending.how);
    return 0;
  }
  if (fault.transfer === 'until-close') {
    response.useChunkedEncodingByDefault = false;
    response.shouldKeepAlive = false;
  }
  response.writeHead(status, headers);
  response.flushHeaders();
  const part = fault.ending === undefined ? body : body.subarray(0, Math.floor(body.length * fault.ending.after));
  await write(response, part, fault);
  const declaredLength = headers['content-length'];
  if (fault.ending !== undefined) await endEarly(response, fault.ending.how);
  else if (declaredLength !== undefined && Number(declaredLength) !== body.length) await endEarly(response, 'cut-off');
  else response.end();
  return status;
}

function applyFault(sound: Sound, fault: Fault): Sound {
  const replaced = fault.answer;
  const base = replaced
    ? soundText(replaced.status, replaced.body ?? '', replaced.mediaType ?? 'text/plain')
    : fault.redirect === undefined
      ? sound
      : { status: 302, headers: { location: fault.redirect, 'content-length': 0 }, body: Buffer.alloc(0) };
  const headers: OutgoingHttpHeaders = { ...base.headers };
  let { body } = base;
  if (fault.retryAfter) headers['retry-after'] = retryAfterText(fault.retryAfter);
  if (fault.transfer === 'gzip' || fault.transfer === 'gzip-chunked') {
    body = gzipSync(body);
    headers['content-encoding'] = 'gzip';
    headers['content-length'] = body.length;
  }
  if (fault.transfer !== undefined && fault.transfer !== 'gzip') delete headers['content-length'];
  for (const [name, value] of Object.entries(fault.headers ?? {})) {
    if (value === null) Reflect.deleteProperty(headers, name.toLowerCase());
    else headers[name.toLowerCase()] = value;
  }
  return { status: base.status, headers, body };
}

function retryAfterText(retryAfter: RetryAfter): string {
  if ('text' in retryAfter) return retryAfter.text;
  if ('seconds' in retryAfter) return String(retryAfter.seconds);
  return new Date(Math.ceil(Date.now() / 1000 + retryAfter.dateInSeconds) * 1000).toUTCString();
}

async function write(response: ServerResponse, body: Buffer, { pace }: Fault): Promise<void> {
  if (pace === undefined) return writeChunk(response, body);
  for (let start = 0; start < body.length && !response.destroyed; start += pace.pieceBytes) {
    await writeChunk(response, body.subarray(start, start + pace.pieceBytes));
    await pause(pace.everyMs);
  }
}

/** Resolves once the operating system has the bytes, or the client has disconnected. */
function writeChunk(response: ServerResponse, chunk: Buffer): Promise<void> {
  if (chunk.length === 0 || response.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    response.once('close', resolve);
    response.write(chunk, () => {
      response.off('close', resolve);
      resolve();
    });
  });
}

function endEarly(response: ServerResponse, how: 'cut-off' | 'reset' | 'stall'): Promise<void> {
  const { socket } = response;
  if (socket === null || how === 'stall') return Promise.resolve();
  return new Promise((resolve) => {
    socket.once('close', () => resolve());
    if (how === 'reset') socket.resetAndDestroy();
    else socket.destroySoon();
  });
}

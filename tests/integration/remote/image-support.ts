import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FetchProblem } from '../../../main/domain/network/fetch-problem.ts';
import type { Gate } from '../../../main/adapters/remote/gate.ts';
import { FetchFault, type ImageBody, type ImageRequest } from '../../../main/adapters/remote/images/image-source.ts';
import { openGate, serve } from './support.ts';

export const picture = Buffer.from(Array.from({ length: 200_000 }, (_, index) => index % 251));
export type Opened = { readonly body?: ImageBody; readonly problem?: FetchProblem };

/** Opens an image, for an account on loopback by default. */
export async function open(
  gate: Gate,
  request: Partial<ImageRequest> & { url: string },
  signal?: AbortSignal,
): Promise<Opened> {
  const accountOrigin = 'http://127.0.0.1:1';
  const opened = await gate.openImage({ accountOrigin, ...request }, signal ?? new AbortController().signal);
  return opened.ok ? { body: opened.value } : { problem: opened.error };
}

/** Reads the whole body, or returns the problem that ends its iteration. */
export async function read(body: ImageBody | undefined): Promise<Buffer | FetchProblem> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of body?.chunks ?? []) chunks.push(chunk);
    return Buffer.concat(chunks);
  } catch (error) {
    if (error instanceof FetchFault) return error.problem;
    throw error;
  }
}

export type Answer = (response: ServerResponse, request: IncomingMessage) => void;

/** Opens an image from a server with this answer. */
export async function fetchFrom(
  answer: Answer,
  request: Partial<ImageRequest> = {},
  options: Parameters<typeof openGate>[0] = {},
) {
  const server = await serve((incoming, response) => answer(response, incoming));
  const { gate } = openGate(options);
  return { server, gate, ...(await open(gate, { url: `${server.origin}/a%20b.png?v=1#x`, ...request })) };
}

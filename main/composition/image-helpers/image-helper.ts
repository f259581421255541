/** Entry point of the process for untrusted images: if it crashes, nothing else does. */
import { setPriority } from 'node:os';
import process from 'node:process';
import { answerLines } from '../../adapters/helpers/answer-lines.ts';
import { loadSharpWasm } from '../../adapters/imaging/load-sharp-wasm.ts';
import { createSharpThumbnailer } from '../../adapters/imaging/sharp-thumbnailer.ts';
import { problems } from '../../adapters/imaging/thumbnail-problems.ts';
import { createRenderBase } from '../../features/sample/images/base-picture.ts';
import { isHalfTaken, watchMemory } from './memory-limit.ts';
import { imageBuildVariable, lowPriorityVariable } from './image-protocol.ts';
import type { ImageReply, ImageRequest } from './image-protocol.ts';

/** Moderately low: any lower, and an image would take minutes on a busy computer. */
const nicePriority = 5;

// Set before the first thread starts, as threads inherit it.
if (process.env[lowPriorityVariable] !== undefined) setPriority(nicePriority);
const load = process.env[imageBuildVariable] === 'wasm' ? loadSharpWasm : () => import('sharp');
const thumbnailer = createSharpThumbnailer(load);
const render = createRenderBase(load);

type ShrinkRequest = Extract<ImageRequest, { readonly kind: 'shrink' }>;

async function handleRequest(request: ImageRequest): Promise<ImageReply> {
  const { id } = request;
  switch (request.kind) {
    case 'shrink':
      return request.mostMemoryBytes === undefined
        ? shrink(request)
        : shrinkWithinMemory(request.mostMemoryBytes, request);
    case 'render':
      return { id, bytes: toBase64(await render(request.order)) };
    case 'describe':
      return { id, words: await thumbnailer.describe() };
  }
}

async function shrink({ id, path, boxPixels }: ShrinkRequest): Promise<ImageReply> {
  const result = await thumbnailer.make(path, boxPixels);
  return result.ok ? { id, bytes: toBase64(result.value) } : { id, problem: result.error };
}

async function shrinkWithinMemory(maxMemoryBytes: number, request: ShrinkRequest): Promise<ImageReply> {
  const watch = watchMemory(maxMemoryBytes);
  const outcome = await Promise.race([shrink(request), watch.exceeded]);
  watch.end();
  if (outcome === 'exceeded') return { id: request.id, problem: problems.hungryDrawing, isSpent: true };
  return { ...outcome, isSpent: isHalfTaken(maxMemoryBytes) };
}

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

answerLines(async (line) => {
  const request = JSON.parse(line) as ImageRequest;
  const reply = await handleRequest(request).catch((error: unknown): ImageReply => ({
    id: request.id,
    failed: error instanceof Error ? error.message : 'unknown',
  }));
  return JSON.stringify(reply);
});

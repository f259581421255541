/** A process of its own for pictures of files that nobody vouches for: what it takes with it when it dies is itself. */
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

/** Some way behind: further, and on a busy machine a picture would take minutes. */
const nicePriority = 5;

// Before the first of its threads, which take it over.
if (process.env[lowPriorityVariable] !== undefined) setPriority(nicePriority);
const load = process.env[imageBuildVariable] === 'wasm' ? loadSharpWasm : () => import('sharp');
const thumbnailer = createSharpThumbnailer(load);
const render = createRenderBase(load);

type ShrinkRequest = Extract<ImageRequest, { readonly kind: 'shrink' }>;

async function answer(request: ImageRequest): Promise<ImageReply> {
  const { id } = request;
  switch (request.kind) {
    case 'shrink':
      return request.mostMemoryBytes === undefined ? shrink(request) : shrinkWithin(request.mostMemoryBytes, request);
    case 'render':
      return { id, bytes: textOf(await render(request.order)) };
    case 'describe':
      return { id, words: await thumbnailer.describe() };
  }
}

async function shrink({ id, path, boxPixels }: ShrinkRequest): Promise<ImageReply> {
  const made = await thumbnailer.make(path, boxPixels);
  return made.ok ? { id, bytes: textOf(made.value) } : { id, problem: made.error };
}

async function shrinkWithin(mostMemoryBytes: number, request: ShrinkRequest): Promise<ImageReply> {
  const watch = watchMemory(mostMemoryBytes);
  const answered = await Promise.race([shrink(request), watch.exceeded]);
  watch.end();
  if (answered === 'exceeded') return { id: request.id, problem: problems.hungryDrawing, isSpent: true };
  return { ...answered, isSpent: isHalfTaken(mostMemoryBytes) };
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

answerLines(async (line) => {
  const request = JSON.parse(line) as ImageRequest;
  const given = await answer(request).catch((error: unknown): ImageReply => ({
    id: request.id,
    failed: error instanceof Error ? error.message : 'unknown',
  }));
  return JSON.stringify(given);
});

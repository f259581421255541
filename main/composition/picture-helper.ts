/** A process of its own for pictures, on sharp's WebAssembly build: what it takes with it when it dies is itself. */
import { loadSharpWasm } from '../imaging/load-sharp-wasm.ts';
import { createSharpThumbnailer } from '../imaging/sharp-thumbnailer.ts';
import { createRenderBase } from '../sample/pictures/base-picture.ts';
import { answerLines } from '../vault/helper-lines.ts';
import type { PictureAnswer, PictureRequest } from './picture-protocol.ts';

const thumbnailer = createSharpThumbnailer(loadSharpWasm);
const render = createRenderBase(loadSharpWasm);

async function answer(request: PictureRequest): Promise<PictureAnswer> {
  const { id } = request;
  switch (request.kind) {
    case 'shrink': {
      const made = await thumbnailer.make(request.path, request.boxPixels);
      return made.ok ? { id, bytes: textOf(made.value) } : { id, problem: made.error };
    }
    case 'render':
      return { id, bytes: textOf(await render(request.order)) };
    case 'describe':
      return { id, words: await thumbnailer.describe() };
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

answerLines(async (line) => {
  const request = JSON.parse(line) as PictureRequest;
  const given = await answer(request).catch((error: unknown): PictureAnswer => ({
    id: request.id,
    failed: error instanceof Error ? error.message : 'unknown',
  }));
  return JSON.stringify(given);
});

import type { FileHandle } from 'node:fs/promises';
import type { ByteRange } from './byte-range.ts';

const chunkBytes = 64 * 1024;

/**
 * Streams an open file on demand; closes it at the end, on an error and when the reader cancels. A file that has shrunk
 * meanwhile is an error, never a truncated image that looks complete.
 */
export function streamFile(file: FileHandle, { start, end }: ByteRange): ReadableStream<Uint8Array<ArrayBuffer>> {
  let position = start;
  return new ReadableStream(
    {
      async pull(controller) {
        const chunk = new Uint8Array(Math.min(chunkBytes, end - position));
        try {
          const { bytesRead } = await file.read(chunk, 0, chunk.length, position);
          if (bytesRead === 0 && position < end) throw new Error('The file became shorter while it was read.');
          position += bytesRead;
          if (bytesRead > 0) controller.enqueue(chunk.subarray(0, bytesRead));
        } catch (error) {
          await file.close();
          throw error;
        }
        if (position < end) return;
        await file.close();
        controller.close();
      },
      cancel: () => file.close(),
    },
    { highWaterMark: 0 },
  );
}

import type { FileHandle } from 'node:fs/promises';
import type { ByteRange } from './byte-range.ts';

const pieceBytes = 64 * 1024;

/**
 * The bytes of an open file, read as they are taken; the file is closed at the end, at an error and when the reader
 * cancels. A file that has become shorter meanwhile is an error, never a short picture that looks whole.
 */
export function streamFile(file: FileHandle, { start, end }: ByteRange): ReadableStream<Uint8Array<ArrayBuffer>> {
  let position = start;
  return new ReadableStream(
    {
      async pull(controller) {
        const piece = new Uint8Array(Math.min(pieceBytes, end - position));
        try {
          const { bytesRead } = await file.read(piece, 0, piece.length, position);
          if (bytesRead === 0 && position < end) throw new Error('The file became shorter while it was read.');
          position += bytesRead;
          if (bytesRead > 0) controller.enqueue(piece.subarray(0, bytesRead));
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

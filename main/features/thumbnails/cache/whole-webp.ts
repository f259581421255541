import { open } from 'node:fs/promises';

const headBytes = 12;

/** Whether a file is as long as its own head says (RIFF, then the length of what follows, then WEBP). */
export function isWholeWebp(head: Buffer, bytes: number): boolean {
  return (
    head.length === headBytes &&
    head.toString('latin1', 0, 4) === 'RIFF' &&
    head.toString('latin1', 8) === 'WEBP' &&
    head.readUInt32LE(4) + 8 === bytes
  );
}

/** The same of a file on the disk, `bytes` long. */
export async function isWholeWebpAt(path: string, bytes: number): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return isWholeWebp(buffer.subarray(0, bytesRead), bytes);
  } finally {
    await file.close();
  }
}

import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { systemCode } from './disk-problem.ts';

export type FileHash = { readonly bytes: number; readonly sha256: string };

/** Length and SHA-256 of a regular file, read as a stream; undefined where there is none. Other errors are thrown. */
export async function hashFile(path: string, signal?: AbortSignal): Promise<FileHash | undefined> {
  try {
    if (!(await stat(path)).isFile()) return undefined;
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of createReadStream(path, { highWaterMark: 1024 * 1024, signal })) {
      const part = chunk as Buffer;
      hash.update(part);
      bytes += part.length;
    }
    return { bytes, sha256: hash.digest('hex') };
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Whether the file is there with this length and content; the content is read only where the length is right. */
export async function isSameFile(path: string, known: FileHash, signal?: AbortSignal): Promise<boolean> {
  const found = await stat(path).catch((error: unknown) => {
    if (isMissing(error)) return undefined;
    throw error;
  });
  if (found?.isFile() !== true || found.size !== known.bytes) return false;
  return (await hashFile(path, signal))?.sha256 === known.sha256;
}

/** The same, where what can't be read is not proven: whoever writes there meets the disk's refusal and can say it. */
export async function isProvenSame(path: string, known: FileHash, signal?: AbortSignal): Promise<boolean> {
  try {
    return await isSameFile(path, known, signal);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');
}

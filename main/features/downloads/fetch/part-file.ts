import { constants } from 'node:fs';
import { open, unlink, type FileHandle } from 'node:fs/promises';
import { systemCode } from '../disk/disk-problem.ts';
import type { Watchdog } from './watchdog.ts';

/** The file that a transfer's bytes are gathered in until they are whole and checked. */
export type PartFile = {
  /** Belongs to this transfer alone: whatever stands there may be removed. */
  readonly path: string;
  /** Guards every wait for the disk. */
  readonly disk: Watchdog['disk'];
  handle: FileHandle | undefined;
  /** No byte is written before this has resolved. */
  journalled: Promise<void>;
  /** Bytes on disk. */
  written: number;
  /** Bytes on their way there are gathered in it. */
  buffer: Buffer | undefined;
  filled: number;
};

/** A file up to this length is gathered whole and written at once. */
const oneWriteBytes = 2 * 1024 * 1024;
const manyWritesBytes = 1024 * 1024;
const readBytes = 1024 * 1024;

export function createPartFile(path: string, disk: PartFile['disk']): PartFile {
  const journalled = Promise.resolve();
  return { path, disk, handle: undefined, journalled, written: 0, buffer: undefined, filled: 0 };
}

/** Bytes that were written or wait to be. */
export function partLength(part: PartFile): number {
  return part.written + part.filled;
}

/** Reads what an earlier attempt left to its end, and stays open behind it; returns its length, 0 where there is none. */
export async function reopenPart(part: PartFile, read: (bytes: Uint8Array) => void): Promise<number> {
  // A link is not followed: it would lead the bytes to somebody else's file.
  const opening = open(part.path, constants.O_RDWR | noFollow);
  part.handle = await part.disk(opening, letGo).catch((error: unknown) => {
    if (!isNoPart(systemCode(error))) throw error;
    return undefined;
  });
  if (part.handle === undefined || !(await part.disk(part.handle.stat())).isFile()) return 0;
  const chunk = Buffer.allocUnsafe(readBytes);
  for (;;) {
    const { bytesRead } = await part.disk(part.handle.read(chunk, 0, chunk.length, part.written));
    if (bytesRead === 0) return part.written;
    read(chunk.subarray(0, bytesRead));
    part.written += bytesRead;
  }
}

/** Begins anew with an empty file; what stood there is gone, and what it may have been a link to is not touched. */
export async function createPart(part: PartFile): Promise<void> {
  await close(part);
  part.written = 0;
  part.filled = 0;
  try {
    part.handle = await part.disk(open(part.path, 'wx'), letGo);
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw error;
    await remove(part);
    part.handle = await part.disk(open(part.path, 'wx'), letGo);
  }
}

/** Its failure is heard by whoever writes next. */
export function writeAfter(part: PartFile, journalled: Promise<void>): void {
  part.journalled = journalled;
  journalled.catch(() => undefined);
}

/** `expected`: how many bytes are still to come, these included, where that is known. `bytes` may be reused afterwards. */
export async function appendToPart(part: PartFile, bytes: Uint8Array, expected: number | null): Promise<void> {
  const isShort = expected !== null && part.written + expected <= oneWriteBytes;
  part.buffer ??= Buffer.allocUnsafeSlow(isShort ? Math.max(expected, bytes.length) : manyWritesBytes);
  const { buffer } = part;
  let rest = bytes;
  while (rest.length > 0) {
    if (part.filled === 0 && rest.length >= buffer.length) {
      await write(part, rest);
      return;
    }
    const piece = rest.subarray(0, buffer.length - part.filled);
    buffer.set(piece, part.filled);
    part.filled += piece.length;
    rest = rest.subarray(piece.length);
    if (part.filled === buffer.length) await flush(part);
  }
}

/** Everything is written (to the system, which a power cut may outrun), with this time in ms since the epoch, and closed. */
export async function finishPart(part: PartFile, lastModified: number | null): Promise<void> {
  await flush(part);
  await part.journalled;
  if (part.handle !== undefined && lastModified !== null && Math.abs(lastModified) <= latestTime) {
    // Some file systems keep no times, and a file is no worse for it.
    await part.disk(part.handle.utimes(new Date(), new Date(lastModified))).catch((error: unknown) => {
      if (systemCode(error) === undefined) throw error;
    });
  }
  await close(part);
}

/** Closes it so that another attempt can go on from what has arrived. */
export async function keepPart(part: PartFile): Promise<void> {
  try {
    await flush(part);
    await part.journalled;
  } finally {
    await close(part);
  }
}

/** Closes and removes it. */
export async function discardPart(part: PartFile): Promise<void> {
  await part.journalled;
  await close(part);
  await remove(part);
}

/** Lets go of a file that is still open, without waiting for the disk. */
export function abandonPart(part: PartFile): void {
  if (part.handle !== undefined) letGo(part.handle);
  part.handle = undefined;
}

function letGo(handle: FileHandle): void {
  handle.close().catch(() => undefined);
}

/** Nothing, a link or a folder; a disk that refuses for another reason may still hold a good part file. */
function isNoPart(code: string | undefined): boolean {
  return code === 'ENOENT' || code === 'ELOOP' || code === 'EISDIR';
}

/** Windows has no such flag. */
const noFollow = (constants as Partial<typeof constants>).O_NOFOLLOW ?? 0;
/** The last ms since the epoch that a date can hold. */
const latestTime = 8.64e15;

async function flush(part: PartFile): Promise<void> {
  if (part.buffer === undefined || part.filled === 0) return;
  const full = part.buffer.subarray(0, part.filled);
  part.filled = 0;
  await write(part, full);
}

async function write(part: PartFile, bytes: Uint8Array): Promise<void> {
  await part.journalled;
  if (part.handle === undefined) throw new Error('Bytes for a part file that is not open');
  for (let done = 0; done < bytes.length;) {
    const { bytesWritten } = await part.disk(part.handle.write(bytes, done, bytes.length - done, part.written));
    done += bytesWritten;
    part.written += bytesWritten;
  }
}

async function close(part: PartFile): Promise<void> {
  const closing = part.handle;
  part.handle = undefined;
  if (closing !== undefined) await part.disk(closing.close());
}

async function remove(part: PartFile): Promise<void> {
  await part.disk(unlink(part.path)).catch((error: unknown) => {
    if (systemCode(error) !== 'ENOENT') throw error;
  });
}

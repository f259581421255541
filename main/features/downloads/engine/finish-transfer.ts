import { lstat } from 'node:fs/promises';
import type { Batch } from '../../../domain/transfer/batch.ts';
import type { Failure } from '../../../domain/failure.ts';
import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import { splitExtension } from '../../../domain/files/names.ts';
import { typeMatchesExtension } from '../../../domain/image-check/extensions.ts';
import type { ImageType } from '../../../domain/image-check/verdict.ts';
import type { Transfer, TransferReason } from '../../../domain/transfer/transfer.ts';
import { systemCode } from '../disk/disk-problem.ts';
import type { SavedFile } from '../../../adapters/storage/stores/saved-file-store.ts';
import type { EngineDeps, FetchedFile } from './engine-parts.ts';
import { absolutePath, numberedPath, partPath } from '../disk/file-paths.ts';
import { isProvenSame } from '../disk/hash-file.ts';
import { placeInside } from '../disk/place-inside.ts';
import { moved, recordSaved, settleDone, settleFailed, settleWithout } from './settle-transfer.ts';
import { stopForProblem } from './stop-reasons.ts';

/** `fault` where the disk, and so the whole batch, is the matter: the transfer is queued again; else it is settled. */
export type Finish = { readonly fault: Failure | null };

type Task = {
  readonly parts: EngineDeps;
  readonly batch: Batch;
  readonly transfer: Transfer;
  readonly fetched: FetchedFile;
};

const mostNumbers = 10_000;

/** From whole, checked bytes in the part file to a final name, or to the reason why not; journals each step before it. */
export async function finishTransfer(
  parts: EngineDeps,
  batch: Batch,
  transfer: Transfer,
  fetched: FetchedFile,
): Promise<Finish> {
  const task = { parts, batch, transfer: withFacts(transfer, fetched), fetched };
  for (const path of candidates(transfer)) {
    const finish = await tryPath(task, path);
    if (finish !== undefined) return finish;
  }
  const message = `The folder has ${mostNumbers} files of this name already. Choose another folder or template.`;
  return settled(settleFailed(parts, batch, transfer, { code: 'unplaceable', message, canRetry: false }));
}

/** The plan's own choices come first, so that the names do not depend on which file is ready first. */
function* candidates({ path, besidePath }: Transfer): Generator<string> {
  yield path;
  if (besidePath !== null) yield besidePath;
  for (let n = 1; n < mostNumbers; n++) yield numberedPath(path, n);
}

/** Undefined where another file has that path and this one must stand beside it. */
async function tryPath(task: Task, path: string): Promise<Finish | undefined> {
  const { batch, transfer, fetched } = task;
  const to = absolutePath(batch.destination, path);
  // What the plan found free is taken straight away: placing tells if something has come to stand there.
  const wasFree = path === transfer.path && transfer.besidePath === null;
  for (const isToLook of [!wasFree, true]) {
    if (isToLook && batch.policy !== 'overwrite' && (await isThere(to))) {
      if (batch.policy === 'skip-existing') return settled(skip(task, transfer, exists));
      const isIdentical = batch.policy === 'skip-identical' && (await isProvenSame(to, fetched));
      return isIdentical ? settled(skip(task, { ...transfer, finalPath: path }, identical)) : undefined;
    }
    const finish = await place(task, path, to);
    if (finish !== undefined) return finish;
  }
  return undefined;
}

/** Undefined where something stands there that may not be replaced. */
async function place({ parts, batch, transfer, fetched }: Task, path: string, to: string): Promise<Finish | undefined> {
  const note = path === transfer.path ? transfer.note : noted(transfer.note, nameTaken);
  const verifying = { ...moved(transfer, { kind: 'verify' }), finalPath: path, note };
  await parts.journal.write(() => {
    parts.transfers.save(verifying);
    recordFacts(parts, transfer, fetched);
  });
  const replace = mayReplace(parts, batch, verifying, to);
  const placed = await placeInside(parts, batch, { from: partPath(batch, transfer), to, path, replace });
  if (!placed.ok) return refuse(parts, batch, verifying, placed.error);
  return placed.value === 'placed' ? settled(settleDone(parts, batch, verifying)) : undefined;
}

/** At its own path alone, and never what this batch has saved of another image. */
function mayReplace({ savedFiles }: EngineDeps, batch: Batch, transfer: Transfer, to: string): boolean {
  if (batch.policy !== 'overwrite' || transfer.finalPath !== transfer.path) return false;
  const isThisImage = ({ accountId, imageId }: SavedFile): boolean =>
    accountId === transfer.accountId && imageId === transfer.imageId;
  return savedFiles.at(to).every((saved) => saved.batchId !== batch.id || isThisImage(saved));
}

const nameTaken = 'Another file of this name stood there already, so this one has a number.';
const identical: TransferReason = {
  code: 'identical',
  message: 'A file with the same content stands there already.',
  canRetry: false,
};
const exists: TransferReason = {
  code: 'exists',
  message: 'A file of this name stands there already.',
  canRetry: false,
};

/** Under `skip-existing` a name that is taken settles the transfer before anything is asked of the server. */
export async function skipIfThere(parts: EngineDeps, batch: Batch, transfer: Transfer): Promise<Transfer | undefined> {
  if (batch.policy !== 'skip-existing') return undefined;
  if (!(await isThere(absolutePath(batch.destination, transfer.path)))) return undefined;
  return settleWithout(parts, batch, transfer, { kind: 'skip', reason: exists });
}

function skip({ parts, batch, fetched }: Task, transfer: Transfer, reason: TransferReason): Promise<Transfer> {
  return settleWithout(parts, batch, transfer, { kind: 'skip', reason }, (skipped) => {
    recordFacts(parts, skipped, fetched);
    if (skipped.finalPath !== null) recordSaved(parts, batch, skipped);
  });
}

async function refuse(parts: EngineDeps, batch: Batch, transfer: Transfer, problem: FetchProblem): Promise<Finish> {
  const { message, canRetry } = problem;
  const fault = stopForProblem(problem, parts.clock.now());
  if (fault === undefined) {
    return settled(settleFailed(parts, batch, transfer, { code: 'unplaceable', message, canRetry }));
  }
  const queued = moved(transfer, { kind: 'release' });
  await parts.journal.write(() => parts.transfers.save(queued));
  return { fault };
}

function withFacts(transfer: Transfer, { bytes, sha256, type, lastModified, note: oddity }: FetchedFile): Transfer {
  const ext = splitExtension(transfer.path).ext.toLowerCase();
  const said = oddity === undefined ? transfer.note : noted(transfer.note, oddity);
  const note =
    type === null || typeMatchesExtension(type as ImageType, ext)
      ? said
      : noted(said, `It is a ${type.toUpperCase()} picture, whatever its name says; the name was kept.`);
  return { ...transfer, bytes, bytesExact: true, sha256, type, lastModified, note };
}

function noted(before: string | null, note: string): string {
  return before === null ? note : `${before} ${note}`;
}

function recordFacts(parts: EngineDeps, { accountId, imageId }: Transfer, fetched: FetchedFile): void {
  const { bytes, sha256, type, width, height, animated } = fetched;
  parts.recordMeasured({ accountId, id: imageId }, { exactBytes: bytes, sha256, type, width, height, animated });
}

async function settled(transfer: Promise<Transfer>): Promise<Finish> {
  await transfer;
  return { fault: null };
}

/** Whether anything has this name, a link that leads nowhere too. Where the disk refuses to say, placing says why. */
async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

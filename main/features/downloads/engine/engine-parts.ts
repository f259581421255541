import type { Batch } from '../../../domain/transfer/batch.ts';
import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import type { ImageKey, Measured } from '../../../domain/image/image.ts';
import type { Result } from '../../../domain/result.ts';
import type { Transfer } from '../../../domain/transfer/transfer.ts';
import type { Clock, Random } from '../../../ports/clock.ts';
import type { Log } from '../../../ports/log.ts';
import type { BatchStore } from '../../../adapters/storage/stores/batch-store.ts';
import type { SavedFileStore } from '../../../adapters/storage/stores/saved-file-store.ts';
import type { TransferStore } from '../../../adapters/storage/stores/transfer-store.ts';
import type { Folders } from '../disk/folders.ts';
import type { Hosts } from '../fetch/hosts.ts';
import type { Journal } from './journal.ts';

/** What a file turned out to be once its bytes were whole and checked. */
export type FetchedFile = {
  readonly bytes: number;
  /** 64 hexadecimal digits. */
  readonly sha256: string;
  /** A `PictureType`, or null for what is none. */
  readonly type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly animated: boolean | null;
  /** An oddity of an image that is accepted all the same. */
  readonly note?: string;
  /** ms since the epoch. */
  readonly lastModified: number | null;
  /** It was on this disk already: its host served nothing. */
  readonly isCopy?: true;
};

export type Opened = {
  readonly totalBytes: number | null;
  readonly validator: string | null;
  readonly lastModified: number | null;
};

export type FetchJob = {
  readonly url: string;
  readonly accountOrigin: string;
  readonly partPath: string;
  /** The path that a refusal of the disk names; the part file's unless given. */
  readonly finalPath?: string;
  /** What the part file may be continued with, and what else was said of the file along with it. */
  readonly validator: string | null;
  readonly totalBytes: number | null;
  readonly lastModified: number | null;
  /** Its content must be a picture. */
  readonly picture: boolean;
  /** Called before the first byte is written: the part file is worth nothing without its validator. */
  opened(facts: Opened): Promise<void>;
  /** How much of the file has been received. */
  progressed(bytes: number): void;
};

export type FetchFailure = FetchProblem & {
  /** The part file still stands, and another attempt may go on from it. */
  readonly keepPart: boolean;
  /** Of the disk's refusals: whether others in the batch may well succeed. */
  readonly concerns?: 'file' | 'disk';
};

/** One attempt to bring a whole, checked file to `partPath`, whose folder is there. */
export type FetchFile = (
  job: FetchJob,
  batch: Batch,
  signal: AbortSignal,
) => Promise<Result<FetchedFile, FetchFailure>>;

/** A copy of what is on this disk already; undefined where the image's host is to be asked. */
export type CopyOriginal = (
  image: Pick<Transfer, 'accountId' | 'imageId' | 'url' | 'sizeText'>,
  job: FetchJob,
  signal: AbortSignal,
) => Promise<Result<FetchedFile, FetchFailure> | undefined>;

/** The only way that a file gets its final name; `taken` where it would have replaced another one. */
export type PlaceFile = (
  from: string,
  to: string,
  replace: boolean,
) => Promise<Result<'placed' | 'taken', FetchProblem & Pick<FetchFailure, 'concerns'>>>;

/** Whether the file stands at `to`, after whatever a kill left half-way there was mended. */
export type ReconcileFile = (
  from: string,
  to: string,
  known: { readonly bytes: number; readonly sha256: string },
) => Promise<boolean>;

export type EngineDeps = {
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly journal: Journal;
  readonly batches: BatchStore;
  readonly transfers: TransferStore;
  readonly savedFiles: SavedFileStore;
  readonly hosts: Hosts;
  readonly folders: Folders;
  readonly copyOriginal: CopyOriginal;
  readonly fetchFile: FetchFile;
  readonly placeFile: PlaceFile;
  readonly reconcileFile: ReconcileFile;
  /** Both run inside the engine's transaction. */
  recordMeasured(key: ImageKey, measured: Measured): void;
  recordBroken(key: ImageKey, problem: Pick<FetchProblem, 'code' | 'message'> | null): void;
  /** The origin of the account, also of one that was removed; undefined for one that never was. */
  originOf(accountId: number): string | undefined;
};

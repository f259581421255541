import { failure, type Failure } from '../../../domain/failure.ts';
import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import { fileSystemCode } from '../../../domain/files/system-error.ts';

/** A disk's refusal, in the words of a transfer. `not-writable` with `canRetry` passes by itself, without it stays. */
export type DiskProblem = FetchProblem & {
  readonly code: 'disk-full' | 'not-writable';
  /** `file`: only this name or this file is the matter, others in the batch may well succeed. */
  readonly concerns: 'file' | 'disk';
};

type Meaning = {
  readonly code?: 'disk-full';
  readonly canRetry?: true;
  readonly concerns?: 'file';
  /** What happened, and what to do; `%` stands for the path. */
  readonly words: string;
};

const isFull: Meaning = { code: 'disk-full', words: 'There is no space left for %. Free some, then resume.' };
const isForbidden: Meaning = {
  words: '% may not be written. Allow it in the permissions of its folder, or choose another folder, then resume.',
};
const hasManyOpen: Meaning = { canRetry: true, words: 'Too many files are open on this machine to write %.' };
const isBusy: Meaning = { canRetry: true, words: 'Another program is using %.' };
const isMissing: Meaning = { canRetry: true, words: '% is not there any more: it or its folder was moved or removed.' };
const isGone: Meaning = { words: 'The disk that holds % does not answer. Connect it again, then resume.' };
const isTaken: Meaning = {
  concerns: 'file',
  words: '% can’t be made, because a file stands where a folder is needed, or the other way round.',
};
const isOddName: Meaning = {
  concerns: 'file',
  words: 'This disk does not take the name %. Choose a shorter or simpler template.',
};

/** By the system's own error codes; everything else from a file system counts as not writable. */
const meanings: Readonly<Record<string, Meaning>> = {
  ENOSPC: isFull,
  EDQUOT: { code: 'disk-full', words: 'The space that you may use is full, at %. Free some, then resume.' },
  EROFS: { words: '% lies on a disk that can only be read. Choose another folder, then resume.' },
  EACCES: isForbidden,
  EPERM: isForbidden,
  EMFILE: hasManyOpen,
  ENFILE: hasManyOpen,
  ENOMEM: { canRetry: true, words: 'There is too little memory to write %.' },
  EBUSY: isBusy,
  ETXTBSY: isBusy,
  EAGAIN: isBusy,
  EINTR: isBusy,
  ETIMEDOUT: isGone,
  ENOENT: isMissing,
  ESTALE: isMissing,
  ENOTDIR: isTaken,
  EISDIR: isTaken,
  ENOTEMPTY: isTaken,
  EEXIST: isTaken,
  ELOOP: { concerns: 'file', words: '% leads through a circle of links. Remove them, or choose another folder.' },
  EXDEV: { concerns: 'file', words: '% lies on two disks at once. Choose another folder.' },
  ENAMETOOLONG: isOddName,
  EILSEQ: isOddName,
  EINVAL: isOddName,
  EFBIG: { concerns: 'file', words: 'This disk can’t hold a file as large as %. Choose another disk.' },
  EIO: { words: 'The disk reported an error at %. Check the disk, or choose another folder, then resume.' },
  ENODEV: isGone,
  ENXIO: isGone,
  EHOSTDOWN: isGone,
};

/** What a file system's error means for the file at `path`. An error that is none is a bug, and thrown on. */
export function diskProblem(error: unknown, path: string): DiskProblem {
  const code = systemCode(error);
  if (code === undefined) throw error;
  const meaning = meanings[code] ?? { words: `% can’t be written (${code}). Choose another folder, then resume.` };
  return {
    code: meaning.code ?? 'not-writable',
    message: meaning.words.replace('%', () => path),
    canRetry: meaning.canRetry ?? false,
    concerns: meaning.concerns ?? 'disk',
  };
}

/** The same for what is no transfer, such as a manifest. */
export function diskFailure(error: unknown, path: string): Failure {
  const { code, message } = diskProblem(error, path);
  return failure(code, message);
}

/** The system's own code of an error that came from it, such as ENOSPC. */
export const systemCode = fileSystemCode;

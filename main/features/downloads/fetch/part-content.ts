import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { createImageCheck } from '../../../domain/image-check/image-check.ts';
import type { FetchProblem } from '../../../domain/network/fetch-problem.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';

export type ContentFacts = {
  readonly sha256: string;
  readonly type: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly animated: boolean | null;
  /** An oddity of an image that is accepted all the same. */
  readonly note?: string;
};

/** What the bytes of a file say of themselves, while they pass. */
export type PartContent = {
  /** False once they are certain to be no picture although they must be. */
  add(bytes: Uint8Array): boolean;
  /** The file ends here; `totalBytes` as the server declared its length, or null. */
  finish(totalBytes: number | null): Result<ContentFacts, FetchProblem>;
};

/** What is no picture by its name is checked by its length alone. */
export function createPartContent(mustBePicture: boolean): PartContent {
  const hash = createHash('sha256');
  const check = mustBePicture ? createImageCheck(crc32) : undefined;
  let isEmpty = true;
  return {
    add(bytes) {
      if (bytes.length > 0) isEmpty = false;
      hash.update(bytes);
      return check?.push(bytes) !== false;
    },
    finish(totalBytes) {
      if (check === undefined) {
        if (isEmpty && totalBytes === null) {
          return fail({ code: 'empty', message: 'The server sent an empty file.', canRetry: true });
        }
        return ok({ sha256: hash.digest('hex'), type: null, width: null, height: null, animated: null });
      }
      const verdict = check.finish();
      if (verdict.whole) {
        const { whole: _, ...facts } = verdict;
        return ok({ sha256: hash.digest('hex'), ...facts });
      }
      const { code, message } = verdict;
      // A whole transfer of a cut file brings the same the next time; one of unknown length may have been cut on the way.
      return fail({ code, message, canRetry: code === 'cut-off' ? totalBytes === null : code !== 'not-a-picture' });
    },
  };
}

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ImageFailure } from '../../../main/domain/image/image-failure.ts';
import { fail, ok } from '../../../main/domain/result.ts';
import type { OpenImageFile, ImageFile } from '../../../main/hosts/shared/page/image-response.ts';
import { temporaryFolder } from '../temporary-folder.ts';

export type PictureFiles = {
  readonly open: OpenImageFile;
  /** Writes an image's file, of any type. */
  write(id: number, content: Uint8Array | string, contentType: string): string;
  refuse(id: number, failure: ImageFailure): void;
  /** The signals of the image requests. */
  readonly signals: AbortSignal[];
};

/** Creates images of account 7, in files of their own folder. */
export function createPictureFiles(): PictureFiles {
  const folder = temporaryFolder();
  const files = new Map<number, ImageFile>();
  const failures = new Map<number, ImageFailure>();
  const signals: AbortSignal[] = [];
  return {
    signals,
    write(id, content, contentType) {
      const path = join(folder, String(id));
      writeFileSync(path, content);
      files.set(id, { path, contentType });
      return path;
    },
    refuse: (id, failure) => void failures.set(id, failure),
    async open(_size, { accountId, id }, signal) {
      signals.push(signal);
      const failure = failures.get(id);
      if (failure !== undefined) return fail(failure);
      const file = accountId === 7 ? files.get(id) : undefined;
      return file === undefined
        ? fail({ code: 'unknown-image', message: 'There is no such image.', canRetry: false, retryAt: null })
        : ok(file);
    },
  };
}

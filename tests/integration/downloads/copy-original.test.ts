import { readdirSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { createCopyOriginal } from '../../../main/features/downloads/fetch/copy-original.ts';
import { systemClock } from '../../../main/hosts/shared/node/system-clock.ts';
import { tinyPicture } from '../../support/fake-api/tiny-picture.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

function isOpen(path: string): boolean {
  return readdirSync('/proc/self/fd').some((name) => {
    try {
      return readlinkSync(`/proc/self/fd/${name}`) === path;
    } catch {
      return false;
    }
  });
}

/** Copies a cached file; `progressed` may abort it. */
async function copy(content: Buffer, progressed: (stop: () => void) => void) {
  const folder = temporaryFolder();
  const path = join(folder, 'original');
  writeFileSync(path, content);
  const find = () => Promise.resolve({ path, bytes: content.length, sha256: 'a'.repeat(64) });
  const stopping = new AbortController();
  const image = { accountId: 1, imageId: 1, url: 'https://x/y.png', sizeText: '1 Mb' };
  const job = {
    ...{ url: image.url, accountOrigin: 'https://x', partPath: join(folder, 'part'), picture: true },
    ...{ validator: null, totalBytes: null, lastModified: null },
    opened: () => Promise.resolve(),
    progressed: () => progressed(() => stopping.abort()),
  };
  const copied = await createCopyOriginal(find, systemClock)(image, job, stopping.signal);
  return { copied, path };
}

describe('a copy of a cached file', () => {
  testNeeding('linux', 'leaves it closed when it is stopped half-way', async () => {
    const { copied, path } = await copy(tinyPicture('large', 3_000_000), (stop) => stop());
    expect(copied).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    await expect.poll(() => isOpen(path)).toBe(false);
  });

  testNeeding('linux', 'leaves it closed when it turns out to be no picture', async () => {
    const { copied, path } = await copy(Buffer.alloc(3_000_000, 'x'), () => undefined);
    expect(copied).toBeUndefined();
    await expect.poll(() => isOpen(path)).toBe(false);
  });
});

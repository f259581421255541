import { execFileSync } from 'node:child_process';
import { lstatSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished } from 'vitest';
import type { ConflictPolicy } from '../../../main/domain/transfer/batch.ts';
import { plainImages } from '../../support/fake-api/fake-image.ts';
import { testNeeding } from '../../support/lawful-skip.ts';
import { openBench } from './bench-test.ts';
import { filesBelow } from './workbench.ts';

/** Special files that block a reader, never end, or lead elsewhere. */
const kinds: readonly (readonly [name: string, make: (path: string) => void | Promise<void>])[] = [
  ['a FIFO that nobody writes to', (path) => void execFileSync('mkfifo', [path])],
  ['a link to a device that never ends', (path) => symlinkSync('/dev/zero', path)],
  ['a link to a device that is always full', (path) => symlinkSync('/dev/full', path)],
  ['a link to itself', (path) => symlinkSync(path, path)],
  ['a socket', makeSocket],
];

async function makeSocket(path: string): Promise<void> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())));
}

function kindOf(path: string): string {
  const stats = lstatSync(path);
  if (stats.isSymbolicLink()) return readlinkSync(path);
  return stats.isFIFO() ? 'fifo' : stats.isSocket() ? 'socket' : stats.isFile() ? 'file' : 'other';
}

/** The policy that reads an existing file, and the one that replaces it. */
const policies: readonly ConflictPolicy[] = ['skip-identical', 'overwrite'];

/** Downloads two images, one of whose final names is a special file, before the plan or once the download runs. */
async function downloadOver(make: (path: string) => void | Promise<void>, policy: ConflictPolicy, isEarly: boolean) {
  const bench = await openBench(plainImages(2));
  const at = join(bench.destination, 'image-1000001.png');
  mkdirSync(bench.destination);
  let before: string | undefined;
  const put = async (): Promise<void> => {
    await make(at);
    before = kindOf(at);
  };
  if (isEarly) await put();
  else bench.api.onFile(1_000_001, 1, put);
  const { batch } = await bench.download({ policy });
  return { batch, before, now: kindOf(at), bench };
}

describe.each(kinds)('%s at the name of a file', (_name, make) => {
  describe.each(policies)('under %s', (policy) => {
    for (const [when, isEarly] of [
      ['before the plan', true],
      ['during the download', false],
    ] as const) {
      testNeeding('linux', `${when} is neither read, written nor followed`, async () => {
        const { batch, before, now, bench } = await downloadOver(make, policy, isEarly);
        expect(batch).toMatchObject({ state: 'finished', failed: 0, unsettled: 0 });
        const isReplaced = policy === 'overwrite' && now === 'file';
        if (!isReplaced) expect(now).toBe(before);
        expect(Object.keys(filesBelow(bench.destination)).length).toBe(batch.done);
        expect(readdirSync(bench.destination).filter((name) => name.endsWith('.part'))).toEqual([]);
      });
    }
  });
});

import { describe, expect, it } from 'vitest';
import { must, openTestCore } from '../support/core.ts';
import { plainImages } from '../support/fake-api/fake-image.ts';
import { faults } from '../support/fake-api/faults.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { addToCore, startApi } from './cli/support.ts';

/** Opens a core with an account of 20 images, synced. */
async function openSynced() {
  const api = await startApi({ library: plainImages(20) });
  const { core } = openTestCore({ random: () => 0 });
  const accountId = await addToCore(core, api.origin);
  must(await core.call('sync.run', { accountId }));
  const destination = temporaryFolder();
  const download = async (query: string) => {
    const order = { query, destination };
    const plan = must(await core.call('downloads.plan', order));
    const { batch } = must(await core.call('downloads.start', order));
    const end = must(await core.call('downloads.wait', { batchId: batch.id }));
    return { plan, started: batch, ended: end.batch };
  };
  return { api, core, accountId, download };
}

describe('a number that is shown in several places', () => {
  it('counts the files that a plan announced, not those that were there already', async () => {
    const { download } = await openSynced();
    await download('id:1000001..1000012');
    const { plan, started, ended } = await download('');
    expect(plan).toMatchObject({ files: 8 });
    expect(started).toMatchObject({ planned: 20, files: 8, skipped: 12, unsettled: 8 });
    expect(ended).toMatchObject({ state: 'finished', files: 8, done: 8, skipped: 12, unsettled: 0 });
  });

  it('offers to retry what a retry can help, and retries exactly that many', async () => {
    const { api, core, download } = await openSynced();
    for (const id of [1_000_001, 1_000_002, 1_000_003]) api.faultFiles(faults.documented(404), { id });
    for (const id of [1_000_004, 1_000_005]) api.faultFiles(faults.documented(500), { id });
    const { ended } = await download('');
    expect(ended).toMatchObject({ failed: 5, retryable: 2, done: 15 });
    api.clearFaults();
    const { id: batchId } = ended;
    const retry = { action: 'retry', batchId, onlyHelpful: true } as const;
    expect(must(await core.call('downloads.act', retry))).toEqual({ changed: 2 });
    const { batch } = must(await core.call('downloads.wait', { batchId }));
    expect(batch).toMatchObject({ done: 17, failed: 3, retryable: 0, files: 20 });
    expect(must(await core.call('downloads.act', retry))).toEqual({ changed: 0 });
    // A retry of the batch retries all its failed files.
    expect(must(await core.call('downloads.act', { action: 'retry', batchId }))).toEqual({ changed: 3 });
  });

  it('is that of the images that exist, in the journal as in the gallery', async () => {
    const { api, core, accountId } = await openSynced();
    api.faultCalls({ page: { records: { 3: { imageID: 1, imageURL: 7, size: '1 Kb' } } } });
    must(await core.call('sync.run', { accountId, full: true }));
    const [entry] = must(await core.call('sync.journal', {}));
    const { totals } = must(await core.call('catalogue.query', { text: '' }));
    expect(entry).toMatchObject({ present: totals.count, malformed: 1 });
    expect(must(await core.call('accounts.list', {}))).toMatchObject([{ images: totals.count }]);
    expect(totals.count).toBe(19);
  });
});

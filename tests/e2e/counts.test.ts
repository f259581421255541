import type { Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import { plainImages } from '../support/fake-api/fake-image.ts';
import { addAndSync } from './support/account-steps.ts';
import { forEachHost } from './support/journeys.ts';
import { openSampleLibrary, searchFor } from './support/steps.ts';

const subject = { userId: '4711', key: 'right-key-0123456789' };

forEachHost((host) => {
  host.test('all counts on screen are of one moment while a first sync runs', async () => {
    const api = await startFakeApi({ library: plainImages(4000) });
    onTestFinished(() => api.close());
    const app = await host.open({ expectedFaults: /Failed to load resource/u });
    const { page } = app;
    await watchCounts(page);
    await addAndSync(page, 'Brand team', { ...subject, origin: api.origin }, /session/u);
    await page.getByRole('status').getByText('4,000 images', { exact: true }).waitFor();
    const seen = await seenCounts(page);
    const unequal = seen.filter((counts) => new Set(counts.filter((count) => count !== null)).size > 1);
    expect(unequal).toEqual([]);
    // Not only at the end.
    expect(seen.some(([count = null]) => count !== null && count > 0 && count < 4000)).toBe(true);
  });

  host.test('a search leaves the counts of the sidebar as they are when sizes become exact', async () => {
    const app = await host.open();
    const { page } = app;
    await openSampleLibrary(page);
    await searchFor(page, 'logo', '70 images');
    const exact = async () => Number.parseInt((await page.getByText(/^[0-9]+ exact$/u).textContent()) ?? '', 10);
    const before = await exact();
    // Images that scroll into view are measured, regardless of those measured before.
    await page.getByRole('grid', { name: 'Images' }).press('End');
    await expect.poll(exact, { timeout: 30_000 }).toBeGreaterThan(before);
    await page.getByText('70 of 2,000', { exact: true }).waitFor();
    const all = page.getByRole('navigation').getByRole('button', { name: /^All images/u });
    expect(await all.textContent()).toContain('2,000');
  });
});

/** The counts of the gallery, the account, all images and the running sync's new ones; null if not shown. */
type SeenCounts = readonly (number | null)[];

/** Records the counts of each frame in which one of them changes. */
async function watchCounts(page: Page): Promise<void> {
  await page.evaluate(() => {
    const view = globalThis as unknown as InPage;
    const read = (text: string | null | undefined): number | null =>
      text === null || text === undefined || text === '' ? null : Number(text.replace(/[^0-9]/gu, ''));
    const counts = () => {
      const entries = [...view.document.querySelectorAll('nav li')];
      const entry = (label: string) =>
        entries.find((one) => one.querySelector('.label')?.textContent === label)?.querySelector('.count')?.textContent;
      const added = /([0-9,]+) new$/u.exec(view.document.querySelector('footer .line')?.textContent ?? '')?.[1];
      const isRunning = view.document.querySelector('footer .turning') !== null;
      const head = view.document.querySelector('[role=status] strong')?.textContent;
      return [read(head), read(entry('Brand team')), read(entry('All images')), isRunning ? read(added) : null];
    };
    view.seenCounts = [];
    let before = '';
    const look = () => {
      const now = counts();
      const text = JSON.stringify(now);
      if (text !== before) view.seenCounts.push(now);
      before = text;
      view.requestAnimationFrame(look);
    };
    look();
  });
}

function seenCounts(page: Page): Promise<readonly SeenCounts[]> {
  return page.evaluate(() => (globalThis as unknown as InPage).seenCounts);
}

type InPage = {
  seenCounts: SeenCounts[];
  readonly requestAnimationFrame: (look: () => void) => void;
  readonly document: Queried;
};
type Queried = {
  querySelector(of: string): (Queried & { readonly textContent: string | null }) | null;
  querySelectorAll(of: string): Iterable<Queried>;
};

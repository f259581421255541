import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createCli } from '../support/cli.ts';
import { testNeeding } from '../support/lawful-skip.ts';
import { mountSmallDisk } from '../support/mounts.ts';
import { openInBrowser } from './support/journeys.ts';
import { countSelected, planTo } from './support/steps.ts';

/** Opens a plan for all images of a sample library that is already synced. */
async function openPlan(destination: string) {
  const cli = createCli();
  expect((await cli.run(['sample', '--count', '60'])).code).toBe(0);
  expect((await cli.run(['sync'])).code).toBe(0);
  const { page } = await openInBrowser({ home: cli.home });
  await page.getByRole('gridcell').first().waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await countSelected(page, '60');
  const plan = await planTo(page, destination);
  return { page, plan, start: plan.getByRole('button', { name: /^Download/u }) };
}

testNeeding('linux', 'what can’t be written can’t be started, and is said', async () => {
  const { page, plan, start } = await openPlan('/proc/nope');
  await plan.getByText(/can’t be saved in \/proc/u).waitFor();
  expect(await start.isDisabled()).toBe(true);
  expect(await plan.getByText(/fit|will be (?:made|created)/u).count()).toBe(0);
  for (const [to, said] of [
    ['/dev/null/x', /a file is in the way/u],
    [`/mnt/no-such-disk-${'x'.repeat(9)}/Pictures`, /If it is a disk, connect it/u],
  ] as const) {
    await plan.getByRole('textbox', { name: 'To', exact: true }).fill(to);
    await plan.getByText(said).waitFor();
    expect(await start.isDisabled(), to).toBe(true);
  }
  // Enter in the field doesn't start it either.
  await plan.getByRole('textbox', { name: 'To', exact: true }).press('Enter');
  expect(await plan.isVisible()).toBe(true);
  expect(await batches(page)).toBe(0);
});

testNeeding('linux', 'what does not fit is started only by whoever chose to fill the disk', async () => {
  const disk = mountSmallDisk(64 * 4096);
  const { page, plan, start } = await openPlan(join(disk.folder, 'Pictures'));
  await plan.getByText(/This doesn’t fit: it needs .* more than is free/u).waitFor();
  expect(await start.isDisabled()).toBe(true);
  const anyway = plan.getByRole('checkbox', { name: 'Download until the disk is full, and resume later' });
  await anyway.check();
  expect(await start.isEnabled()).toBe(true);
  await anyway.uncheck();
  expect(await start.isDisabled()).toBe(true);
  // With enough space, there is no choice to make.
  disk.resize(100_000 * 4096);
  await plan.getByRole('textbox', { name: 'To', exact: true }).fill(join(disk.folder, 'Others'));
  await anyway.waitFor({ state: 'detached' });
  expect(await start.isEnabled()).toBe(true);
  expect(await batches(page)).toBe(0);
});

function batches(page: Page): Promise<number> {
  return page.getByRole('region', { name: 'Transfers' }).getByRole('listitem').count();
}

import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { forEachHost } from './support/journeys.ts';
import { layoutProblems } from './support/layout.ts';
import {
  countSelected,
  footer,
  openSampleLibrary,
  openTransfers,
  planTo,
  searchBox,
  searchFor,
  tileAt,
} from './support/steps.ts';

async function fits(page: Page, name: string): Promise<void> {
  await expect.poll(() => layoutProblems(page), { timeout: 15_000, message: name }).toEqual([]);
}

async function widthOf(part: Locator): Promise<number> {
  return (await part.boundingBox())?.width ?? 0;
}

function styleOf(part: Locator, name: string): Promise<string> {
  return part.evaluate((element, property) => {
    const { getComputedStyle } = globalThis as unknown as {
      getComputedStyle(of: unknown): { getPropertyValue(of: string): string };
    };
    return getComputedStyle(element).getPropertyValue(property);
  }, name);
}

forEachHost((host) => {
  host.test('the window is of use on a phone, at 200 % zoom and in its smallest size', async () => {
    const app = await host.open();
    const { page, home } = app;
    await openSampleLibrary(page);
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      await fits(page, `gallery at ${width}`);
      expect(await widthOf(searchBox(page))).toBeGreaterThan(180);
    }
    await searchFor(page, 'banner', '26 images');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+A');
    await countSelected(page, '26');
    const plan = await planTo(page, join(home, 'Pictures'));
    const start = plan.getByRole('button', { name: 'Download 26' });
    await start.waitFor();
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 700 });
      await fits(page, `plan at ${width}`);
      for (const part of [start, plan.getByText('Skip existing'), plan.getByRole('button', { name: /New files/u })]) {
        const box = await part.boundingBox();
        expect((box?.x ?? 0) + (box?.width ?? Infinity)).toBeLessThanOrEqual(width);
      }
    }
    await start.click();
    await openTransfers(page);
    await fits(page, 'transfers at 320');
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  host.test('what is current, pressed or selected shows in forced colours', async () => {
    const app = await host.open();
    const { page } = app;
    await openSampleLibrary(page);
    await tileAt(page, 1, 1).click();
    await page.emulateMedia({ forcedColors: 'active' });
    const sidebar = page.getByRole('navigation');
    const current = sidebar.getByRole('button', { name: /^All images/u });
    const other = sidebar.getByRole('button', { name: /^Broken/u });
    const background = 'background-color';
    expect(await styleOf(current, background)).not.toBe(await styleOf(other, background));
    const pressed = page.getByRole('button', { name: 'Sidebar', pressed: true });
    const plain = page.getByRole('button', { name: 'Settings' });
    expect(await styleOf(pressed, background)).not.toBe(await styleOf(plain, background));
    await searchBox(page).focus();
    expect(await styleOf(page.getByRole('search'), 'outline-style')).toBe('solid');
    await page.emulateMedia({ forcedColors: 'none' });
  });

  host.test('measures and paths read from left to right in a language that does not', async () => {
    const app = await host.open();
    const { page, home } = app;
    await openSampleLibrary(page);
    await page.locator('html').evaluate((root) => void ((root as unknown as { dir: string }).dir = 'rtl'));
    await fits(page, 'right to left');
    const size = tileAt(page, 1, 1).getByText(/[KM]B/u).last();
    expect(await styleOf(size, 'direction')).toBe('ltr');
    await page.keyboard.press('ControlOrMeta+A');
    await countSelected(page, '2,000');
    expect(await styleOf(footer(page).getByText(/≈ .*[GM]B/u), 'direction')).toBe('ltr');
    const plan = await planTo(page, join(home, 'Pictures'));
    await plan.getByText(/\u2066.*[GM]B\u2069 free/u).waitFor();
    expect(await styleOf(plan.getByRole('textbox', { name: 'To', exact: true }), 'direction')).toBe('ltr');
    await fits(page, 'a plan, right to left');
  });
});

import process from 'node:process';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityProblems } from './axe.ts';
import { layoutProblems } from './layout.ts';
import { setTheme, takeScreens } from './screens.ts';

/** `CONTACT_SHEET_SCREENS=1` takes screenshots of every state, in all themes and sizes, for review. */
const takesScreenshots = process.env['CONTACT_SHEET_SCREENS'] === '1';

/** Matches findings in an open menu, which covers the page like a dialog and belongs to no landmark. */
const isOpenMenu = /^region .* at #bits-/u;

const defaultSize = { width: 1280, height: 800 } as const;
const sizes = [
  { width: 390, height: 844 },
  { width: 800, height: 600 },
  { width: 1920, height: 1080 },
  defaultSize,
] as const;

/** Checks that the current state fits at every size, and that axe finds nothing. One host's screenshots suffice. */
export async function lookAt(page: Page, name: string, isPictured: boolean): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.mouse.move(0, 0);
  for (const size of sizes) {
    await page.setViewportSize(size);
    // Popovers anchored to a button follow it with a delay.
    await expect
      .poll(() => layoutProblems(page), { timeout: 15_000, message: `${name} at ${size.width} px` })
      .toEqual([]);
  }
  const found = [...(await accessibilityProblems(page)), ...(isPictured ? await contrastProblems(page) : [])];
  const problems = found.filter((problem) => !isOpenMenu.test(problem));
  if (takesScreenshots && isPictured) await takeScreens(page, name, () => waitForImages(page));
  expect.soft(problems, name).toEqual([]);
}

/** Returns contrast problems of the high-contrast theme, in which no host is opened. */
async function contrastProblems(page: Page): Promise<string[]> {
  const previousTheme = await setTheme(page, 'contrast');
  const problems = await accessibilityProblems(page, ['color-contrast']);
  await setTheme(page, previousTheme);
  return problems.map((problem) => `in high contrast: ${problem}`);
}

/** Waits until every image in the page has loaded or failed. */
async function waitForImages(page: Page): Promise<undefined> {
  const pending = () =>
    page.evaluate(() => {
      const { document } = globalThis as unknown as { document: { images: Iterable<{ complete: boolean }> } };
      return [...document.images].filter(({ complete }) => !complete).length;
    });
  await expect.poll(pending, { timeout: 30_000 }).toBe(0);
  return undefined;
}

import process from 'node:process';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityProblems } from './axe.ts';
import { layoutProblems } from './layout.ts';
import { setTheme, takeScreens } from './screens.ts';

/** `CONTACT_SHEET_SCREENS=1` makes pictures of every state, in both themes and all sizes, to be looked at. */
const takesPictures = process.env['CONTACT_SHEET_SCREENS'] === '1';

/** An open menu lies over the page, as a dialog does, and belongs to no landmark. */
const isOpenMenu = /^region .* at #bits-/u;

const usualSize = { width: 1280, height: 800 } as const;
const sizes = [
  { width: 390, height: 844 },
  { width: 800, height: 600 },
  { width: 1920, height: 1080 },
  usualSize,
] as const;

/** Looks at the window as it stands: all of it fits at every size, and axe finds nothing. One host's pictures are enough. */
export async function lookAt(page: Page, name: string, isPictured: boolean): Promise<void> {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.mouse.move(0, 0);
  for (const size of sizes) {
    await page.setViewportSize(size);
    // What hangs on a button follows it a moment later.
    await expect
      .poll(() => layoutProblems(page), { timeout: 15_000, message: `${name} at ${size.width} px` })
      .toEqual([]);
  }
  const found = [...(await accessibilityProblems(page)), ...(isPictured ? await contrastProblems(page) : [])];
  const problems = found.filter((problem) => !isOpenMenu.test(problem));
  if (takesPictures && isPictured) await takeScreens(page, name, () => picturesCome(page));
  expect.soft(problems, name).toEqual([]);
}

/** What can't be read in the theme of high contrast, which no host is opened in. */
async function contrastProblems(page: Page): Promise<string[]> {
  const back = await setTheme(page, 'contrast');
  const problems = await accessibilityProblems(page, ['color-contrast']);
  await setTheme(page, back);
  return problems.map((problem) => `in high contrast: ${problem}`);
}

/** Waits until every picture in sight has come, or said why it can't. */
async function picturesCome(page: Page): Promise<undefined> {
  const pending = () =>
    page.evaluate(() => {
      const { document } = globalThis as unknown as { document: { images: Iterable<{ complete: boolean }> } };
      return [...document.images].filter(({ complete }) => !complete).length;
    });
  await expect.poll(pending, { timeout: 30_000 }).toBe(0);
  return undefined;
}

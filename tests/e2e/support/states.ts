import process from 'node:process';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { accessibilityProblems } from './axe.ts';
import { layoutProblems } from './layout.ts';
import { takeScreens } from './screens.ts';

/** `CONTACT_SHEET_SCREENS=1` makes pictures of every state, in both themes and all sizes, to be looked at. */
const takesPictures = process.env['CONTACT_SHEET_SCREENS'] === '1';

/** An open menu lies over the page, as a dialog does, and belongs to no landmark. */
const isOpenMenu = /^region .* at #bits-/u;

const sizes = [
  { width: 800, height: 600 },
  { width: 1280, height: 800 },
] as const;

/** Looks at the window as it stands: all of it fits at every size, and axe finds nothing. One host's pictures are enough. */
export async function lookAt(page: Page, name: string, isPictured: boolean): Promise<void> {
  await page.mouse.move(0, 0);
  for (const size of sizes) {
    await page.setViewportSize(size);
    // What hangs on a button follows it a moment later.
    await expect
      .poll(() => layoutProblems(page), { timeout: 15_000, message: `${name} at ${size.width} px` })
      .toEqual([]);
  }
  const problems = (await accessibilityProblems(page)).filter((problem) => !isOpenMenu.test(problem));
  if (takesPictures && isPictured) await takeScreens(page, name, () => picturesCome(page));
  expect.soft(problems, name).toEqual([]);
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

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../build/bootstrap/paths.mjs';

/** The folder of the screenshots, ignored by git. */
const folder = join(root, '.cache', 'screens');

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 800, height: 600 },
] as const;

type InPage = { readonly requestAnimationFrame: (done: (time: number) => void) => void };
type Root = { readonly dataset: Record<string, string | undefined> };

/** Sets the page's theme until it is reloaded; returns the previous one. */
export async function setTheme(page: Page, theme: string): Promise<string> {
  const previous = await page.locator('html').evaluate((element, name) => {
    const { dataset } = element as unknown as Root;
    const before = dataset['theme'] ?? '';
    dataset['theme'] = name;
    return before;
  }, theme);
  // Colours have a transition: one frame starts it, and one shows its end.
  await page.evaluate(async () => {
    const { requestAnimationFrame } = globalThis as unknown as InPage;
    for (const _ of [1, 2]) await new Promise((resolve) => requestAnimationFrame(resolve));
  });
  return previous;
}

/**
 * Takes screenshots of the page's current state in every theme and three sizes, as
 * `.cache/screens/NAME-light-1280x800.png` and so on, then restores the light theme and the first size. Awaits `settle`
 * before each screenshot.
 */
export async function takeScreens(page: Page, name: string, settle = async () => undefined): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const theme of ['light', 'dark', 'contrast'] as const) {
    await page.emulateMedia({ colorScheme: theme === 'light' ? 'light' : 'dark' });
    const previousTheme = await setTheme(page, theme);
    for (const size of sizes) {
      await page.setViewportSize(size);
      await settle();
      const path = join(folder, `${name}-${theme}-${size.width}x${size.height}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      files.push(path);
    }
    await setTheme(page, previousTheme);
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes[0]);
  return files;
}

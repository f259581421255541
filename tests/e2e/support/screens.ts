import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../../build/bootstrap/paths.mjs';

/** Outside of git, to be looked at. */
const folder = join(root, '.cache', 'screens');

const sizes = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
  { width: 800, height: 600 },
] as const;

/**
 * Takes the page as it stands in both themes and three sizes, as `.cache/screens/NAME-light-1280x800.png` and so on;
 * afterwards it is light and of the first size. `settle` is awaited before each picture.
 */
export async function takeScreens(page: Page, name: string, settle = async () => undefined): Promise<string[]> {
  mkdirSync(folder, { recursive: true });
  const files: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    for (const size of sizes) {
      await page.setViewportSize(size);
      await settle();
      const path = join(folder, `${name}-${colorScheme}-${size.width}x${size.height}.png`);
      await page.screenshot({ path, animations: 'disabled' });
      files.push(path);
    }
  }
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize(sizes[0]);
  return files;
}

import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { addAccount, startApi, withKey } from '../integration/cli/support.ts';
import { createCli } from '../support/cli.ts';
import { plainImages } from '../support/fake-api/fake-image.ts';
import { openInBrowser } from './support/journeys.ts';
import { dialog } from './support/steps.ts';

const count = 12_000;
const size = { width: 1280, height: 800 };

test('deep in the library, the same image stays at the same place when the window or its panels change', async () => {
  const cli = createCli();
  expect((await cli.run(['sample', '--count', String(count)])).code).toBe(0);
  expect((await cli.run(['sync'])).code).toBe(0);
  const { page } = await openInBrowser({ home: cli.home });
  await page.getByText('12,000 images').first().waitFor();
  for (const position of [2_001, 11_000]) {
    // From below, so that the image's row is at the top.
    await goTo(page, position + 500);
    await goTo(page, position);
    await scrollALittle(page);
    const first = await firstTile(page);
    const stays = async (what: string) => {
      const message = `${what} at ${position}`;
      await expect.poll(() => offsetOf(page, first.id), { message }).toBe(first.offset);
    };
    for (const round of [1, 2, 3]) {
      await change(page, () => page.setViewportSize({ ...size, width: size.width - 10 * round }));
      await stays(`${10 * round} px narrower`);
      await change(page, () => page.setViewportSize(size));
      await stays('as wide as before');
      for (const keys of ['ControlOrMeta+Shift+B', 'ControlOrMeta+B', 'ControlOrMeta+Shift+B', 'ControlOrMeta+B']) {
        await change(page, () => page.keyboard.press(keys));
        await stays(`${keys}, round ${round}`);
      }
    }
    for (const keys of ['+', '+', '-', '-', '-', '+']) {
      await change(page, () => page.keyboard.press(keys));
      await stays(`zoom by ${keys}`);
    }
    // Restored to the pixel.
    expect(await firstTile(page)).toEqual(first);
  }
});

test('images that a sync adds above leave those in view where they are', async () => {
  const api = await startApi({ library: plainImages(3000) });
  const cli = createCli();
  await addAccount(cli, api.origin);
  expect((await cli.run(['sync'], withKey)).code).toBe(0);
  const { page } = await openInBrowser({ home: cli.home, expectedFaults: /Failed to load resource/u });
  await page.getByText('3,000 images').first().waitFor();
  await goTo(page, 2_001);
  await goTo(page, 1_501);
  await scrollALittle(page);
  const before = await firstTile(page);
  // 14 images don't fill whole rows: the image may move sideways, but only within its row.
  for (const [count, title] of [
    [1, '3,001 images'],
    [14, '3,015 images'],
  ] as const) {
    api.library.upload(count);
    expect((await cli.run(['sync'], withKey)).code).toBe(0);
    await page.getByText(title).first().waitFor();
    await expect.poll(() => offsetOfName(page, before.name), { message: title }).toBe(before.offset);
  }
});

async function offsetOfName(page: Page, name: string): Promise<number | undefined> {
  return (await tilesOf(page)).find((tile) => tile.name === name)?.offset;
}

async function goTo(page: Page, position: number): Promise<void> {
  await page.getByRole('grid', { name: 'Images' }).focus();
  await page.keyboard.press('ControlOrMeta+G');
  const go = dialog(page, 'Go to an image');
  await go.getByRole('textbox').fill(`#${position}`);
  await page.keyboard.press('Enter');
  await go.waitFor({ state: 'detached' });
}

/** Scrolls a little, so that the first row is partly hidden. */
async function scrollALittle(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Images' }).focus();
  await page.mouse.move(size.width / 2, size.height / 2);
  const before = await firstTile(page);
  await page.mouse.wheel(0, 47);
  await expect.poll(() => firstTile(page)).not.toEqual(before);
  await expect.poll(() => page.getByRole('gridcell').allInnerTexts()).not.toContain('');
}

/** Performs an action and waits until the grid has a new layout. */
async function change(page: Page, act: () => Promise<void>): Promise<void> {
  const layoutOf = () => page.getByRole('gridcell').first().getAttribute('style');
  const before = await layoutOf();
  await act();
  await expect.poll(layoutOf).not.toBe(before);
}

type Box = { readonly top: number; readonly bottom: number };
type Part = {
  readonly id: string;
  getBoundingClientRect(): Box;
  querySelector(selector: string): { readonly textContent: string } | null;
};
type InPage = { readonly document: { querySelectorAll(selector: string): Iterable<Part> } };
type Tile = { readonly id: string; readonly name: string; readonly offset: number };

/** Returns the first tile that is at least partly in view, with its bounds. */
async function firstTile(page: Page): Promise<Tile> {
  const [first] = await tilesOf(page);
  if (first === undefined) throw new Error('No tile is in view.');
  return first;
}

async function offsetOf(page: Page, id: string): Promise<number | undefined> {
  return (await tilesOf(page)).find((tile) => tile.id === id)?.offset;
}

function tilesOf(page: Page): Promise<Tile[]> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as InPage;
    const top = [...document.querySelectorAll('[role=grid]')][0]?.getBoundingClientRect().top ?? 0;
    const positionOf = (id: string) => Number(id.split('-').at(-1));
    return [...document.querySelectorAll('[role=gridcell]')]
      .map((tile) => ({
        id: tile.id,
        name: tile.querySelector('.name')?.textContent ?? '',
        box: tile.getBoundingClientRect(),
      }))
      .filter(({ box }) => box.bottom > top)
      .toSorted((one, other) => positionOf(one.id) - positionOf(other.id))
      .map(({ id, name, box }) => ({ id, name, offset: Math.round(box.top - top) }));
  });
}

import type { BrowserContext, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { tileSizePx } from '../../main/domain/settings.ts';
import { createCli } from '../support/cli.ts';
import { createFaults, watchContext, type Faults } from './support/faults.ts';
import { openInBrowser } from './support/journeys.ts';
import { sampleCount, sampleSearch } from './support/sample-download.ts';
import { countSelected } from './support/steps.ts';

const sizes = [
  [1920, 1080],
  [1920, 969],
  [3840, 2160],
  [2560, 1440],
  [3440, 1440],
  [1680, 1050],
  [1536, 864],
  [1440, 900],
  [1366, 768],
  [1280, 800],
  [1024, 768],
  [800, 600],
  [768, 1024],
  [390, 844],
] as const;
const densities = [1, 2] as const;
/** The default tile size and both ends of the zoom. */
const tileSizes = [tileSizePx.usual, tileSizePx.least, tileSizePx.most];
/** A long limit, as Chromium renders all of this without a GPU. */
const testMs = 1_200_000;
/** A generous limit for one window on a busy computer. */
const patienceMs = 60_000;

test(
  'the library opens, and opens again, in every window size and density with each tile size',
  async () => {
    const cli = createCli();
    expect((await cli.run(['sample'])).code).toBe(0);
    expect((await cli.run(['sync'])).code).toBe(0);
    const app = await openInBrowser({ home: cli.home });
    const url = new URL('/', app.page.url()).href;
    for (const density of densities) {
      const { context, faults } = await openContext(app.page.context(), density);
      const setter = await context.newPage();
      await setter.goto(url);
      for (const tileSize of tileSizes) {
        await setTileSize(setter, tileSize);
        for (const [width, height] of sizes) {
          const what = `${width}×${height}, density ${density}, tiles of ${tileSize} px`;
          const page = await context.newPage();
          await page.setViewportSize({ width, height });
          // Doesn't wait for subresources such as images.
          await page.goto(url, { waitUntil: 'commit' });
          await seesRows(page, what);
          await page.reload({ waitUntil: 'commit' });
          await seesRows(page, `${what}, opened again`);
          if (tileSize === tileSizePx.usual && density === 1) await walk(page);
          await page.close();
        }
      }
      await context.close();
      expect(faults.seen).toEqual([]);
    }
  },
  testMs,
);

/** Opens a window with another pixel density, signed in like the first one. */
async function openContext(
  from: BrowserContext,
  density: number,
): Promise<{ context: BrowserContext; faults: Faults }> {
  const browser = from.browser();
  if (browser === null) throw new Error('The window belongs to no browser.');
  const context = await browser.newContext({ deviceScaleFactor: density, storageState: await from.storageState() });
  const faults = createFaults();
  await watchContext(context, faults);
  return { context, faults };
}

/** Changes the setting over a separate socket, as another window does. */
async function setTileSize(page: Page, tileSize: number): Promise<void> {
  const answer = await page.evaluate(
    async (change) => {
      const { WebSocket, location, localStorage } = globalThis as unknown as SocketPage;
      const [key = ''] = (localStorage.getItem('contact-sheet-key') ?? '').split('.');
      const socket = new WebSocket(`ws://${location.host}/door`, ['contact-sheet', key]);
      const answered = new Promise<string>(
        (resolve) =>
          (socket.onmessage = ({ data }) => {
            if (data.includes('"id":1,')) resolve(data);
          }),
      );
      socket.onopen = () => socket.send(JSON.stringify({ id: 1, name: 'settings.change', input: change }));
      const text = await answered;
      socket.close();
      return text;
    },
    { tileSize },
  );
  expect(JSON.parse(answer)).toMatchObject({ result: { ok: true } });
}

type Socket = {
  onopen: () => void;
  onmessage: (message: { readonly data: string }) => void;
  send(text: string): void;
  close(): void;
};
type SocketPage = {
  readonly WebSocket: new (url: string, protocols: readonly string[]) => Socket;
  readonly location: { readonly host: string };
  readonly localStorage: { getItem(name: string): string | null };
};

/** Waits until tiles fill the view from top to bottom, each with its image. */
async function seesRows(page: Page, what: string): Promise<void> {
  await expect.poll(() => viewOf(page), { message: what, timeout: patienceMs }).toEqual({ blank: 0, isFilled: true });
}

type Box = { readonly top: number; readonly bottom: number };
type Part = { readonly textContent: string; getBoundingClientRect(): Box };
type InPage = { readonly document: { querySelectorAll(selector: string): Iterable<Part> } };

function viewOf(page: Page): Promise<{ blank: number; isFilled: boolean }> {
  return page.evaluate(() => {
    const { document } = globalThis as unknown as InPage;
    const [grid] = [...document.querySelectorAll('[role=grid]')].map((one) => one.getBoundingClientRect());
    const tiles = [...document.querySelectorAll('[role=gridcell]')];
    const bottoms = tiles.map((tile) => tile.getBoundingClientRect().bottom);
    return {
      blank: tiles.filter(({ textContent }) => textContent.trim() === '').length,
      isFilled: grid !== undefined && Math.max(...bottoms) >= grid.bottom,
    };
  });
}

/** Performs typical first actions: looks at the last image, searches, selects. */
async function walk(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Images' }).focus();
  await page.keyboard.press('End');
  await seesRows(page, 'the end');
  await page.keyboard.press('Home');
  await page.keyboard.press('/');
  await page.keyboard.type(sampleSearch.text);
  await page.getByRole('region', { name: 'Gallery' }).getByText(`${sampleCount} images`, { exact: true }).waitFor();
  await page.keyboard.press('Enter');
  await page.keyboard.press('ControlOrMeta+A');
  await countSelected(page, String(sampleCount));
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { root } from '../../build/bootstrap/paths.mjs';
import { ensureBuilt } from '../../build/bundles/ensure-built.mjs';
import { commandLinePart, interfacePart } from '../../build/bundles/parts.mjs';
import { openBrowserHost } from '../e2e/support/browser-host.ts';
import { chromiumFlags, chromiumProgram } from '../support/chromium.ts';
import { createCli } from '../support/cli.ts';
import { percentile, type Figure } from './figures.ts';
import {
  countElements,
  hasPictures,
  startWatching,
  stopWatching,
  timed,
  watchAct,
  type Outcome,
  type Timed,
  type Watched,
} from './in-window.ts';
import { openPageProcess, type PageProcess } from './page-process.ts';

const typed = ['logo', 'img_20', 'summer', '.png', 'q1', 'zzzz', 'a', 'banner', '2021', 'jpg'];
/** Sort orders; after a start from the index's cache, the first by name may have to build its order. */
const orders = ['Name, A to Z', 'Size, largest first', 'Oldest first', 'Name, Z to A', 'Size, smallest first'];
const program = join(root, 'dist', 'contact-sheet.js');

/**
 * Measures the built interface in Chromium over the built browser host, from a user's action to the pixels that show
 * it. Keys, clicks, the wheel and the scrubber are real input events, sent to the browser; `watchAct` defines the
 * times. Each key is pressed once the result of the previous one is on the screen, while thumbnails load.
 */
export async function benchWindow(rows: number): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'contact-sheet-bench-'));
  try {
    await ensureBuilt([interfacePart, commandLinePart]);
    const cli = createCli(home);
    await cli.run(['sample', '--count', String(rows)]);
    await cli.run(['sync']);
    // The second start finds the cached index and thumbnails, like every start but the first.
    const first = await open(home);
    await waitForResult(first.page, rows);
    await first.close();
    const blankMs = await openBlank();
    const startedAt = performance.now();
    const app = await open(home);
    await app.page.getByRole('gridcell').first().waitFor();
    const startMs = performance.now() - startedAt;
    await app.page.waitForFunction(hasPictures);
    const picturesMs = performance.now() - startedAt;
    await waitForResult(app.page, rows);
    const process = await openPageProcess(app.browser, app.page);
    const figures = await measure(app.page, process);
    await app.close();
    const against = { what: 'for the browser alone to a blank page', value: blankMs };
    return [
      { what: 'start of host and browser to the first screen', value: startMs, unit: 'ms', reach: 1500, against },
      { what: 'the same with its pictures', value: picturesMs, unit: 'ms', reach: 1500, against },
      { what: 'of it, start of the host', value: app.listeningMs, unit: 'ms' },
      ...figures,
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function open(home: string) {
  const { PATH } = process.env;
  const environment = { PATH, HOME: home, CONTACT_SHEET_HOME: home };
  return openBrowserHost({ environment, theme: 'light', program });
}

/** Returns the ms that the browser alone takes to a blank page. */
async function openBlank(): Promise<number> {
  const startedAt = performance.now();
  const browser = await chromium.launch({ executablePath: chromiumProgram(), args: chromiumFlags });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const page = await context.newPage();
  await page.goto('about:blank');
  await page.evaluate(() => new Promise(requestAnimationFrame));
  const ms = performance.now() - startedAt;
  await browser.close();
  return ms;
}

/** Waits until the complete result with its thumbnails has replaced the first screen from the database. */
async function waitForResult(page: Page, rows: number): Promise<void> {
  await page
    .getByRole('region', { name: 'Gallery' })
    .getByText(/ exact$/u)
    .waitFor();
  await page.getByText(`${rows.toLocaleString('en')} images`, { exact: true }).waitFor();
  await page.waitForFunction(hasPictures);
}

async function measure(page: Page, process: PageProcess): Promise<Figure[]> {
  const cpuBefore = await process.cpuMs();
  const keyActs = await type(page);
  const cpuMs = ((await process.cpuMs()) - cpuBefore) / keyActs.length;
  const sortActs = await sort(page);
  const selectActs = await select(page);
  const wheel = await watch(page, wheelDown);
  const drag = await watch(page, dragThrough);
  const elements = await page.evaluate(countElements);
  const { heapBytes, processBytes } = await process.memory();
  return [
    ...spread('key pressed to pixels', keyActs, 50),
    { what: 'processor time of the page for a key, pictures included', value: cpuMs, unit: 'ms' },
    ...spread('change of sort order to pixels', sortActs, 50),
    ...spread('select all, invert, by query, to pixels', selectActs, 50),
    ...scrolling('wheel, 300 steps', wheel),
    ...scrolling('scrubber from end to end', drag),
    { what: 'elements in the grid', value: elements.grid, unit: 'nodes', reach: 400 },
    { what: 'elements of the page', value: elements.page, unit: 'nodes' },
    { what: "memory of the page's objects, without garbage", value: heapBytes / 1e6, unit: 'MB' },
    { what: "memory of the page's process", value: processBytes / 1e6, unit: 'MB', reach: 150 },
  ];
}

type Act = Timed & { readonly name: string };

async function type(page: Page): Promise<Act[]> {
  await page.getByRole('textbox', { name: 'Search images' }).focus();
  const acts: Act[] = [];
  for (const word of typed) {
    for (const [at, key] of [...word].entries()) {
      acts.push(await press(page, `“${word.slice(0, at + 1)}”`, key, 'result'));
    }
    acts.push(await press(page, 'all again', 'Escape', 'result'));
  }
  return acts;
}

async function sort(page: Page): Promise<Act[]> {
  const acts: Act[] = [];
  for (const name of [...orders, ...orders]) {
    await page.getByRole('button', { name: /^Sort/u }).click();
    const item = page.getByRole('menuitemradio', { name });
    await item.hover();
    await page.evaluate(watchAct, { eventType: 'pointerup', outcome: 'result' } as const);
    await item.click();
    acts.push({ name: `“${name}”`, ...(await page.evaluate(timed)) });
  }
  return acts;
}

async function select(page: Page): Promise<Act[]> {
  await page.getByRole('grid').focus();
  const acts: Act[] = [];
  for (const key of ['a', 'i', 'a', 'i', 'a', 'i', 'a', 'i']) {
    acts.push(await press(page, key === 'a' ? 'all' : 'invert', `Control+${key}`, 'selection'));
  }
  for (const word of ['jpg', 'img_20', 'banner', 'size:>500kb']) {
    await searchFor(page, word);
    acts.push(await press(page, `with “${word}”`, 'Control+Shift+a', 'selection'));
    acts.push(await press(page, `without “${word}”`, 'Control+Shift+x', 'selection'));
  }
  await searchFor(page, '');
  return acts;
}

/** Searches, and moves the focus to the gallery once the result is there. */
async function searchFor(page: Page, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Search images' }).fill(text);
  await page.locator('section[aria-busy="false"]').waitFor();
  await page.getByRole('grid').focus();
}

async function press(page: Page, name: string, key: string, outcome: Outcome): Promise<Act> {
  await page.evaluate(watchAct, { eventType: 'keydown', outcome });
  await page.keyboard.press(key);
  return { name, ...(await page.evaluate(timed)) };
}

async function watch(page: Page, move: (page: Page) => Promise<void>): Promise<Watched> {
  await page.evaluate(startWatching);
  await move(page);
  return page.evaluate(stopWatching);
}

async function wheelDown(page: Page): Promise<void> {
  await page.getByRole('grid').hover();
  for (let step = 0; step < 300; step++) await page.mouse.wheel(0, 120);
}

async function dragThrough(page: Page): Promise<void> {
  const box = await page.getByRole('slider', { name: 'Place in the result' }).boundingBox();
  if (box === null) throw new Error('There is no scrubber');
  const x = box.x + box.width / 2;
  await page.mouse.move(x, box.y + 1);
  await page.mouse.down();
  await page.mouse.move(x, box.y + box.height - 1, { steps: 120 });
  await page.mouse.up();
}

function spread(what: string, acts: readonly Act[], reach: number): Figure[] {
  const shown = acts.map(({ shownMs }) => shownMs);
  const made = acts.map(({ madeMs }) => madeMs);
  const slowest = acts
    .toSorted((one, other) => other.shownMs - one.shownMs)
    .slice(0, 3)
    .map(({ name, shownMs }) => `${name} ${shownMs.toFixed(0)}`);
  return [
    { what: `${what} (p50)`, value: percentile(shown, 0.5), unit: 'ms' },
    { what: `${what} (p95)`, value: percentile(shown, 0.95), unit: 'ms', reach, slowest },
    { what: '  until the page had made that frame (p50)', value: percentile(made, 0.5), unit: 'ms' },
    { what: '  until the page had made that frame (p95)', value: percentile(made, 0.95), unit: 'ms' },
  ];
}

function scrolling(what: string, { frames, longTasks }: Watched): Figure[] {
  return [
    { what: `${what}: frame (p95)`, value: percentile(frames, 0.95), unit: 'ms' },
    { what: `${what}: longest task`, value: Math.max(0, ...longTasks), unit: 'ms', reach: 50 },
  ];
}

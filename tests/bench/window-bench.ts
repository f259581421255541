import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ensureBuilt } from '../../build/bundles/ensure-built.mjs';
import { interfacePart } from '../../build/bundles/parts.mjs';
import { openBrowserHost } from '../e2e/support/browser-host.ts';
import { createCli } from '../support/cli.ts';
import { percentile, type Figure } from './figures.ts';
import { actAndPaint, scrollAndWatch, type Act, type Watched } from './in-window.ts';

const typed = ['logo', 'img_20', 'summer', '.png', 'q1', 'zzzz', 'a'];
const orders = ['Name, A to Z', 'Size, largest first', 'Oldest first', 'Name, Z to A', 'Size, smallest first'];

/** The interface in Chromium over the browser host: from an act of the user to the pixels that show it. */
export async function benchWindow(rows: number): Promise<Figure[]> {
  const home = mkdtempSync(join(tmpdir(), 'contact-sheet-bench-'));
  try {
    await ensureBuilt([interfacePart]);
    const cli = createCli(home);
    await cli.run(['sample', '--count', String(rows)]);
    await cli.run(['sync']);
    // The second start finds the index's cache, as every start but the first does.
    const first = await openBrowserHost({ environment: surroundings(home), theme: 'light' });
    await first.page.getByRole('gridcell').first().waitFor();
    await first.close();
    const begun = performance.now();
    const app = await openBrowserHost({ environment: surroundings(home), theme: 'light' });
    await app.page.getByRole('gridcell').first().waitFor();
    const startMs = performance.now() - begun;
    await settle(app.page);
    const figures = await measure(app.page);
    await app.close();
    return [
      { what: 'start of host and browser to the first screen', value: startMs, unit: 'ms', reach: 1500 },
      ...figures,
    ];
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

async function measure(page: Page): Promise<Figure[]> {
  const keys = typed.flatMap((text) => Array.from(text, (_, at) => text.slice(0, at + 1)));
  const keyed = await timeActs(
    page,
    [...keys, ''].map((text) => ({ kind: 'type', text })),
  );
  const sorted: number[] = [];
  for (const order of orders) {
    await page.getByRole('button', { name: /^Sort/u }).click();
    await page.getByRole('menuitemradio', { name: order }).waitFor();
    sorted.push(...(await timeActs(page, [{ kind: 'choose', label: order }])));
  }
  await page.getByRole('grid').focus();
  const selected = await timeActs(page, [
    ...['a', 'i', 'a', 'i', 'a'].map((key): Act => ({ kind: 'press', key })),
    { kind: 'press', key: 'i' },
  ]);
  const wheel = await page.evaluate(scrollAndWatch, { isDrag: false });
  const drag = await page.evaluate(scrollAndWatch, { isDrag: true });
  return [
    ...spread('key pressed to pixels changed', keyed, 50),
    ...spread('change of sort order to pixels', sorted, 50),
    ...spread('select all, invert, pixels included', selected, 50),
    ...scrolling('wheel, 300 steps', wheel),
    ...scrolling('drag from end to end', drag),
  ];
}

async function timeActs(page: Page, acts: readonly Act[]): Promise<number[]> {
  const times: number[] = [];
  for (const act of acts) times.push(await page.evaluate(actAndPaint, act));
  return times;
}

function spread(what: string, times: readonly number[], reach: number): Figure[] {
  return [
    { what: `${what} (p50)`, value: percentile(times, 0.5), unit: 'ms' },
    { what: `${what} (p95)`, value: percentile(times, 0.95), unit: 'ms', reach },
  ];
}

function scrolling(what: string, { frames, longTasks, nodes, heapBytes }: Watched): Figure[] {
  return [
    { what: `${what}: frame (p95)`, value: percentile(frames, 0.95), unit: 'ms' },
    { what: `${what}: longest task`, value: Math.max(0, ...longTasks), unit: 'ms', reach: 50 },
    { what: `${what}: elements in the grid`, value: nodes, unit: 'nodes', reach: 400 },
    { what: `${what}: memory of the page's objects`, value: heapBytes / 1e6, unit: 'MB', reach: 150 },
  ];
}

/** What was begun at the start, such as thumbnails in view, is over. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
}

function surroundings(home: string): NodeJS.ProcessEnv {
  const { PATH } = process.env;
  return { PATH, HOME: home, CONTACT_SHEET_HOME: home };
}

import { join } from 'node:path';
import process from 'node:process';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { createCli } from '../support/cli.ts';
import { forEachHost } from './support/journeys.ts';
import { takeScreens } from './support/screens.ts';
import {
  countSelected,
  dialog,
  footer,
  planTo,
  searchBox,
  searchFor,
  seeOrder,
  sortBy,
  tileAt,
} from './support/steps.ts';

/** The number of images; `CONTACT_SHEET_LARGE=1000000 npm test -- tests/e2e/large-library` runs with a million. */
const count = Number(process.env['CONTACT_SHEET_LARGE'] ?? 20_000);
const all = count.toLocaleString('en');
const isMillion = count >= 1_000_000;
/** A generous limit for a plan of everything, or an expression that is stopped, on a busy computer. */
const patienceMs = 300_000;
const testMs = isMillion ? 900_000 : undefined;

/**
 * The app generates the sample's images itself, at low priority: while a million rows are read on a busy computer, some
 * requests time out and are repeated.
 */
const latePictures = /Failed to load resource: .+ 502 .+\/(?:thumbnail|preview)\//u;

/** Backtracks endlessly in most engines; here it takes well over ten seconds for a million names. */
const costly = String.raw`name:/(\w+\s?)+(\w+\d)+[^\w.]+$/`;

/** Far more elements than fit a large screen, far fewer than there are images. */
const mostElements = 1500;
/** The first image id of the sample library. */
const firstId = 1_000_003;

forEachHost((host) => {
  host.test(
    `${all} images are typed, scrolled, selected and planned like a few`,
    async () => {
      const cli = createCli();
      expect((await cli.run(['sample', '--count', String(count)])).code).toBe(0);
      expect((await cli.run(['sync'])).code).toBe(0);
      const app = await host.open({ home: cli.home, ...(isMillion ? { expectedFaults: latePictures } : {}) });
      const { page } = app;
      await page.getByRole('region', { name: 'Gallery' }).getByText(`${all} images`, { exact: true }).waitFor();
      await type(page);
      await look(page, host.name, 'sorted');
      await scroll(page);
      await look(page, host.name, 'end');
      await goTo(page);
      await look(page, host.name, 'go-to');
      await selectByQuery(page, host.name);
      await select(page);
      await look(page, host.name, 'selected');
      await searchCostly(page, host.name);
      await plan(page, join(app.home, 'Pictures'), host.name);
      expect(app.takeFaults()).toEqual([]);
    },
    testMs,
  );
});

async function type(page: Page): Promise<void> {
  const gallery = page.getByRole('region', { name: 'Gallery' });
  await searchBox(page).pressSequentially('banner');
  await gallery.getByText(/^(?!1,000,000|20,000)[\d,]{3,} images$/u).waitFor();
  await expect.poll(() => namesOf(page)).toSatisfy(areLike(/banner/iu));
  await searchFor(page, '', `${all} images`);
  await sortBy(page, 'Oldest first', new RegExp(`^1 of ${all}, ${firstId}$`, 'u'));
  await staysSmall(page);
}

/** Scrolls to both ends by keys, the wheel and the scrubber, each exactly. */
async function scroll(page: Page): Promise<void> {
  const grid = page.getByRole('grid', { name: 'Images' });
  await grid.focus();
  for (const key of ['PageDown', 'PageDown', 'PageUp', 'ArrowDown', 'ArrowRight']) {
    await page.keyboard.press(key);
    await staysSmall(page);
  }
  await seeOrder(page, new RegExp(`^[1-9]\\d* of ${all}`, 'u'));
  await page.keyboard.press('Home');
  await seeOrder(page, new RegExp(`^1 of ${all}, ${firstId}$`, 'u'));
  await grid.hover();
  await page.mouse.wheel(0, 5000);
  await seeOrder(page, new RegExp(`^[1-9]\\d+ of ${all}`, 'u'));
  await staysSmall(page);
  const scrubber = page.getByRole('slider', { name: 'Place in the result' });
  await scrubber.press('End');
  await seeLast(page);
  await scrubber.press('Home');
  await seeOrder(page, new RegExp(`^1 of ${all}, ${firstId}$`, 'u'));
  await grid.focus();
  await page.keyboard.press('End');
  await seeLast(page);
  await staysSmall(page);
}

/** Checks that the last image is in the last row, and that the inspector shows the focused image. */
async function seeLast(page: Page): Promise<void> {
  const columns = Number(await page.getByRole('grid', { name: 'Images' }).getAttribute('aria-colcount'));
  const rows = Math.ceil(count / columns);
  const last = tileAt(page, rows, ((count - 1) % columns) + 1);
  await last.waitFor();
  await expect.poll(async () => (await last.innerText()).trim()).not.toBe('');
}

async function goTo(page: Page): Promise<void> {
  const middle = Math.floor(count / 2);
  for (const [typed, position] of [
    [`#${middle}`, middle],
    [String(firstId), 1],
    ['100%', count],
  ] as const) {
    await page.keyboard.press('ControlOrMeta+G');
    const go = dialog(page, 'Go to an image');
    await go.getByRole('textbox').fill(typed);
    await page.keyboard.press('Enter');
    await go.waitFor({ state: 'detached' });
    const active = page.getByRole('grid', { name: 'Images' });
    await expect.poll(() => active.getAttribute('aria-activedescendant')).toMatch(new RegExp(`-${position - 1}$`, 'u'));
    await staysSmall(page);
  }
  await page.keyboard.press('ControlOrMeta+G');
  await dialog(page, 'Go to an image').getByRole('textbox').fill(`#${middle}`);
  await page.keyboard.press('Enter');
  await seeOrder(page, new RegExp(`^[\\d,]+ of ${all}`, 'u'));
}

/** Selects the result of one search, adds that of another, and removes it. */
async function selectByQuery(page: Page, hostName: string): Promise<void> {
  const [both, banner, png] = [
    await numberOf(page, 'ext:png banner'),
    await numberOf(page, 'banner'),
    await numberOf(page, 'ext:png'),
  ];
  expect(both).toBeGreaterThan(0);
  await page.getByRole('grid', { name: 'Images' }).focus();
  await page.keyboard.press('ControlOrMeta+A');
  await countSelected(page, png.toLocaleString('en'));
  await numberOf(page, 'banner');
  await page.getByRole('button', { name: /^Add these results to the selection/u }).click();
  await countSelected(page, (png + banner - both).toLocaleString('en'));
  await page.getByRole('button', { name: /^Remove these results from the selection/u }).click();
  await countSelected(page, (png - both).toLocaleString('en'));
  await look(page, hostName, 'by-query');
  await searchFor(page, '', `${all} images`);
}

async function numberOf(page: Page, text: string): Promise<number> {
  return Number((await countOf(page, text)).replace(/\D/gu, ''));
}

async function select(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Images' }).focus();
  await page.keyboard.press('Home');
  await tileAt(page, 1, 1).click();
  await page.keyboard.press('Shift+End');
  await countSelected(page, all);
  await footer(page).getByRole('button', { name: 'Invert selection' }).click();
  await footer(page).getByText('Nothing selected').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await countSelected(page, all);
}

/** Plans everything: the totals appear before the window has loaded a single file. */
async function plan(page: Page, destination: string, hostName: string): Promise<void> {
  const planned = await planTo(page, destination);
  await planned.getByRole('button', { name: /^New files/u }).waitFor({ timeout: patienceMs });
  await staysSmall(page);
  await look(page, hostName, 'plan');
  await page.keyboard.press('Escape');
  await planned.waitFor({ state: 'detached' });
}

/** Checks that an endlessly backtracking expression is stopped or answered, and that the gallery keeps working. */
async function searchCostly(page: Page, hostName: string): Promise<void> {
  await searchBox(page).fill(costly);
  if (isMillion) {
    // Meanwhile, the current result can be scrolled.
    await page.getByRole('grid', { name: 'Images' }).focus();
    await page.keyboard.press('End');
    await seeLast(page);
    await page.getByText(/takes too long on so many names and was stopped/u).waitFor({ timeout: patienceMs });
    await look(page, hostName, 'stopped');
  } else {
    await page.getByRole('heading', { name: 'No image matches this search' }).waitFor();
  }
  await searchFor(page, 'q1', await countOf(page, 'q1'));
  await expect.poll(() => namesOf(page)).toSatisfy(areLike(/q1/iu));
}

/** Searches for a text and returns the displayed count once the result is there. */
async function countOf(page: Page, text: string): Promise<string> {
  await searchBox(page).fill(text);
  const gallery = page.getByRole('region', { name: 'Gallery' });
  await gallery.and(page.locator('[aria-busy="false"]')).waitFor();
  return gallery
    .getByText(/images$/u)
    .first()
    .innerText();
}

async function namesOf(page: Page): Promise<string[]> {
  return page.getByRole('gridcell').allInnerTexts();
}

function areLike(pattern: RegExp): (names: readonly string[]) => boolean {
  return (names) => names.length > 0 && names.every((name) => pattern.test(name));
}

/** Takes screenshots for review. */
async function look(page: Page, hostName: string, step: string): Promise<void> {
  expect(await takeScreens(page, `large-${step}-${hostName}`)).not.toEqual([]);
}

async function staysSmall(page: Page): Promise<void> {
  expect(await page.evaluate('document.querySelectorAll("*").length')).toBeLessThan(mostElements);
}

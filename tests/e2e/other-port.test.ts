import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser } from 'playwright-core';
import { expect, onTestFinished, test } from 'vitest';
import { createPage } from '../../main/hosts/shared/page/page.ts';
import { findInterface } from '../../main/hosts/shared/node/interface-folder.ts';
import { openBrowser } from '../../main/hosts/shared/node/open-browser.ts';
import { chromiumFlags, chromiumProgram } from '../support/chromium.ts';
import { openTestCore } from '../support/core.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { askAsOtherUser } from '../support/web/other-user.ts';
import { openWebBench, refusalOf } from '../support/web/web-bench.ts';
import { createFaults, watchContext } from './support/faults.ts';

/** A browser that resolves names below localhost through the system, which may not know them. */
const safari = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/17.4 Safari/605.1.15';

/** Starts a server on another port of this computer that records the cookies sent to it. */
async function openOtherPort() {
  const cookies: string[] = [];
  const server = createServer((incoming: IncomingMessage, outgoing) => {
    cookies.push(incoming.headers.cookie ?? '');
    outgoing.setHeader('Set-Cookie', 'left=behind').end('<!doctype html><title>Other</title>');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;
  return { cookies, url: `http://127.0.0.1:${port}/` };
}

/** Opens the browser host with a real core and the built interface, and a browser signed in with the printed link. */
async function openInBrowser(userAgent?: string, addressOf = (announced: string) => announced) {
  const { core } = openTestCore();
  const interfaceFolder = findInterface({}) ?? '';
  const page = createPage({ interfaceFolder, openPicture: core.openPicture, theme: core.theme });
  const bench = await openWebBench({ dispatch: core.dispatch, page });
  core.events.listen(bench.publish);
  const browser: Browser = await chromium.launch({ executablePath: chromiumProgram(), args: chromiumFlags });
  onTestFinished(() => browser.close());
  const context = await browser.newContext(userAgent === undefined ? {} : { userAgent });
  const faults = createFaults();
  await watchContext(context, faults);
  const shown = await context.newPage();
  await shown.goto(addressOf(bench.announced[0] ?? ''));
  await shown.getByRole('button', { name: /sample library/iu }).click();
  await shown.getByText('2,000').first().waitFor();
  await shown.locator('img.shown').first().waitFor();
  return { ...bench, browser, context, shown, faults: faults.seen };
}

test('a server on another port is sent no cookie, as each run has a host name of its own', async () => {
  const { context, shown, faults, host } = await openInBrowser();
  expect(shown.url()).toMatch(new RegExp(`^http://[0-9a-f]{32}\\.localhost:${host.port}/$`));
  const other = await openOtherPort();
  const visitor = await context.newPage();
  await visitor.goto(other.url);
  expect(other.cookies.join()).not.toContain('contact-sheet');
  expect((await context.cookies()).map(({ domain }) => domain)).toContain(new URL(shown.url()).hostname);
  await shown.reload();
  await shown.getByText('2,000').first().waitFor();
  // A second page of the same browser needs no link from the terminal.
  const second = await context.newPage();
  await second.goto(shown.url());
  await second.getByText('2,000').first().waitFor();
  await second.locator('img.shown').first().waitFor();
  expect(faults).toEqual([]);
});

test('a cookie that another port was sent opens nothing, for this user or another', async () => {
  const { ask, connect, context, faults, host, origin, shown } = await openInBrowser(safari);
  expect(shown.url()).toBe(`${origin}/`);
  const other = await openOtherPort();
  const visitor = await context.newPage();
  await visitor.goto(other.url);
  const cookie = other.cookies[0] ?? '';
  expect(cookie).toContain(`contact-sheet-${host.port}=`);
  expect(await refusalOf(connect({ origin, cookie }))).toMatchObject({ status: 401 });
  expect(await ask('/original/1/1000001', { cookie })).toMatchObject({ status: 401 });
  const stolen = `GET / HTTP/1.1\r\nHost: 127.0.0.1:${host.port}\r\nCookie: ${cookie}\r\nConnection: close\r\n\r\n`;
  expect(await askAsOtherUser(host.port, stolen)).toMatch(/^HTTP\/1\.1 403 /);
  await shown.reload();
  await shown.getByText('2,000').first().waitFor();
  expect(faults).toEqual([]);
});

test('the key of a page is in no address, and the page of another port reads none', async () => {
  const { context, shown } = await openInBrowser(safari);
  const key = await shown.evaluate(() => localStorage.getItem('contact-sheet-key') ?? '');
  expect(key).toMatch(/^[\w-]{43}\.[\w-]{43}$/);
  expect(shown.url()).not.toContain('key');
  const other = await openOtherPort();
  const visitor = await context.newPage();
  await visitor.goto(other.url);
  expect(await visitor.evaluate(() => JSON.stringify(Object.entries(localStorage)))).not.toContain(key);
});

test.each([undefined, safari])('the file that --open opens leads in (browser %s)', async (userAgent) => {
  const folder = temporaryFolder();
  const { faults, shown } = await openInBrowser(userAgent, (announced) => {
    openBrowser(announced, { platform: 'linux', environment: { PATH: '/nowhere' }, folder });
    return pathToFileURL(join(folder, `open-${process.pid}.html`)).href;
  });
  expect(shown.url()).toMatch(/^http:\/\/[^/]+\/$/);
  expect(faults).toEqual([]);
});

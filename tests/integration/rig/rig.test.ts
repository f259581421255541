import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { root } from '../../../build/bootstrap/paths.mjs';
import { bundleElectron } from '../../../build/bundles/parts.mjs';
import type { EventMessage } from '../../../main/contract/events.ts';
import type { Transport } from '../../../main/contract/transport.ts';
import { startRig, type RigProcess } from '../../support/rig/launch-rig.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

// Inside the repository, so that the bundle finds its libraries.
const built = join(root, '.cache', 'rig-test', String(process.pid));

beforeAll(() => bundleElectron(join(import.meta.dirname, 'small-app.ts'), built));
afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});

function start(home: string): RigProcess {
  const environment = { ...process.env, CONTACT_SHEET_HOME: home };
  const rig = startRig({ bundle: join(built, 'main.js'), environment });
  onTestFinished(() => rig.kill());
  return rig;
}

type InPage = { bridge: Transport; got: EventMessage[]; document: Document };
type Document = { createElement(tag: string): object; readonly body: { append(child: object): void } };

const call = (page: Page, name: string, input: unknown) =>
  page.evaluate(([asked, value]) => (globalThis as unknown as InPage).bridge.call(asked, value), [
    name,
    input,
  ] as const);

describe('the app over the rig', () => {
  test('shows its page when there is one, answers calls, sends events, and ends with its core closed', async () => {
    const rig = start(temporaryFolder());
    const page = await rig.page();
    expect(await page.locator('p').getAttribute('data-ran')).toBe('yes');
    const told = rig.messages.map(({ kind }) => kind).filter((kind) => kind !== 'did');
    expect(told).toEqual(['browser', 'shown', 'window']);
    // One incoming channel; the outgoing one has no handler, as pages don't send on it.
    const channels = rig.messages.filter((message) => message.kind === 'did' && message.what === 'ipcMain.handle');
    expect(channels).toEqual([{ kind: 'did', what: 'ipcMain.handle', value: 'call' }]);

    expect(await call(page, 'accounts.list', {})).toEqual({ ok: true, value: [] });
    expect(await call(page, '__proto__', {})).toMatchObject({ ok: false, error: { code: 'unknown-command' } });
    await page.evaluate(() => {
      const inPage = globalThis as unknown as InPage;
      inPage.got = [];
      inPage.bridge.listen((message) => inPage.got.push(message));
    });
    expect(await call(page, 'sample.add', { name: 'Sample', count: 10 })).toMatchObject({ ok: true });
    const got = () => page.evaluate(() => (globalThis as unknown as InPage).got);
    await expect.poll(got).toContainEqual({ topic: 'accounts', revision: expect.any(Number) });
    expect(await rig.close()).toBe(0);
  });

  test('gives the page the bridge and nothing else, frozen, and its frames not even that', async () => {
    const page = await start(temporaryFolder()).page();
    const seen = await page.evaluate(() => {
      const { bridge } = globalThis as unknown as InPage;
      const names = Object.getOwnPropertyNames(globalThis).filter((name) =>
        /rig[A-Z]|^(?:require|process|module|exports)$|electron|ipc/u.test(name),
      );
      return { names, keys: Object.keys(bridge), frozen: Object.isFrozen(bridge) };
    });
    expect(seen).toEqual({ names: [], keys: ['call', 'listen'], frozen: true });
    await page.evaluate(() => {
      const { document } = globalThis as unknown as InPage;
      document.body.append(document.createElement('iframe'));
    });
    await expect.poll(() => page.frames().length).toBe(2);
    const inFrame = page.frames()[1]?.evaluate(() => 'bridge' in globalThis || '__rigInvoke' in globalThis);
    expect(await inFrame).toBe(false);
    const uncloneable = page.evaluate(() =>
      (globalThis as unknown as InPage).bridge.call('accounts.list', Symbol('x')),
    );
    expect(await uncloneable).toMatchObject({ ok: false, error: { code: 'bad-input' } });
    const carried = page.evaluate(() => (globalThis as unknown as InPage).bridge.call('accounts.list', { a: () => 1 }));
    await expect(carried).rejects.toThrow('could not be cloned');
  });

  test('goes nowhere else, opens nothing, fetches from nowhere', async () => {
    const page = await start(temporaryFolder()).page();
    const context = page.context();
    const before = context.pages().length;
    await page.evaluate(() => {
      (globalThis as unknown as { open(address: string): void }).open('https://evil.example/');
    });
    await expect.poll(() => context.pages().length).toBe(before);
    for (const address of ['https://evil.example/', '/interface.js']) {
      await page.evaluate((to) => void ((globalThis as unknown as { location: string }).location = to), address);
    }
    const loaded = await page.evaluate(() =>
      fetch('https://evil.example/').then(
        () => 'answered',
        () => 'refused',
      ),
    );
    expect([loaded, page.url()]).toEqual(['refused', 'https://contact-sheet.app.test/']);
  });
});

describe('the life of the app', () => {
  test('a second one brings the first one forward and ends; after a kill the next one starts', async () => {
    const home = temporaryFolder();
    const first = start(home);
    await first.page();
    const second = start(home);
    expect(await second.ended, second.output()).toBe(0);
    expect(second.messages).toEqual([]);
    const shown = () => first.messages.filter((message) => message.kind === 'shown').length;
    await expect.poll(shown).toBe(2);
    await first.kill();
    const third = start(home);
    expect(await call(await third.page(), 'accounts.list', {})).toMatchObject({ ok: true });
  });

  test('closing the window ends it; so does the signal of a terminal', async () => {
    const home = temporaryFolder();
    const closed = start(home);
    await (await closed.page()).close();
    expect(await closed.ended, closed.output()).toBe(0);
    const told = start(home);
    await told.page();
    process.kill(told.pid, 'SIGTERM');
    expect(await told.ended, told.output()).toBe(0);
  });

  test('a library that can’t be opened is explained in a box, without a window', async () => {
    const file = join(temporaryFolder(), 'a-file');
    writeFileSync(file, '');
    const rig = start(join(file, 'home'));
    expect(await rig.ended).toBe(1);
    expect(rig.messages.filter(({ kind }) => kind !== 'browser' && kind !== 'did')).toEqual([
      { kind: 'box', title: expect.stringContaining('can’t open'), content: expect.stringContaining(file) },
    ]);
  });
});

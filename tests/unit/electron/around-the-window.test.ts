import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { EventMessage } from '../../../main/contract/events.ts';
import { createBatchWatch } from '../../../main/hosts/electron/shell-integration/activity.ts';
import { createCrashCount } from '../../../main/hosts/electron/window/crash-count.ts';
import { menuTemplate, toAccelerator } from '../../../main/hosts/electron/shell-integration/menu-template.ts';
import { describeEnd } from '../../../main/hosts/electron/shell-integration/taskbar.ts';
import { describeActivity } from '../../../main/hosts/electron/shell-integration/tray.ts';
import { drawTrayIcon } from '../../../main/hosts/electron/shell-integration/tray-icon.ts';
import { fitOnScreen } from '../../../main/hosts/electron/window/window-state.ts';
import { createMenuRequests } from '../../../main/hosts/electron/ipc/menu-requests.ts';
import { createNativeTexts } from '../../../main/hosts/electron/app/texts.ts';

const words = createNativeTexts(['en-GB']);

type Snapshot = Extract<EventMessage, { topic: 'batch' }>['batch'];

const batch = (
  batchId: number,
  state: Snapshot['state'],
  unsettled: number,
  more: Partial<Snapshot> = {},
): Snapshot => ({
  ...{
    batchId,
    state,
    unsettled,
    planned: 10,
    files: 10,
    done: 10 - unsettled,
    skipped: 0,
    failed: 0,
    cancelled: 0,
    bytes: 0,
  },
  ...{ active: 1, bytesPerSecond: 0, remainingMs: null, waiting: null },
  ...more,
});

describe('what batches look like from outside', () => {
  test('is all of those that run together', () => {
    const watch = createBatchWatch();
    expect(watch.activity()).toEqual({ running: 0, fraction: undefined, unsettled: 0, syncs: 0 });
    watch.take(batch(1, 'running', 10));
    watch.take(batch(2, 'running', 5));
    expect(watch.activity()).toEqual({ running: 2, fraction: 0.25, unsettled: 15, syncs: 0 });
    expect(describeActivity(watch.activity(), words)).toBe('Contact Sheet: 15 remaining, 25 % done');
    expect(watch.take(batch(2, 'finished', 0))).toMatchObject({ batchId: 2 });
    expect(watch.activity()).toEqual({ running: 1, fraction: 0, unsettled: 10, syncs: 0 });
  });

  test('ends once, where it was seen to run and was not cancelled', () => {
    const watch = createBatchWatch();
    expect(watch.take(batch(1, 'finished', 0))).toBeUndefined();
    watch.take(batch(1, 'running', 3));
    expect(watch.take(batch(1, 'cancelled', 0))).toBeUndefined();
    watch.take(batch(1, 'running', 3));
    expect(watch.take(batch(1, 'paused', 3))).toMatchObject({ state: 'paused' });
    expect(watch.take(batch(1, 'paused', 3))).toBeUndefined();
  });

  test('is told in a sentence', () => {
    expect(describeEnd(batch(1, 'finished', 0, { done: 1 }), words)).toEqual({
      title: 'Download finished',
      body: 'One file saved.',
    });
    const failed = describeEnd(batch(1, 'finished', 0, { done: 8, failed: 2 }), words);
    expect(failed).toEqual({ title: 'Download finished with errors', body: '8 files saved, 2 failed.' });
    expect(describeEnd(batch(1, 'paused', 4), words).title).toBe('Download stopped');
  });
});

describe('a window', () => {
  const main = { x: 0, y: 25, width: 1440, height: 875 };
  const left = { x: -1920, y: 0, width: 1920, height: 1080 };
  const kept = { x: -1800, y: 50, width: 1200, height: 800 };

  test('stays where it was while its screen is there, else goes to the middle of the main one', () => {
    expect(fitOnScreen(kept, [main, left])).toEqual(kept);
    expect(fitOnScreen(kept, [main])).toEqual({ x: 120, y: 63, width: 1200, height: 800 });
    expect(fitOnScreen(undefined, [main])).toBeUndefined();
    expect(fitOnScreen(kept, [])).toBeUndefined();
    // Its title bar is above the screen, so it can't be dragged.
    expect(fitOnScreen({ x: 0, y: -600, width: 800, height: 700 }, [main])).toMatchObject({ x: 320, y: 113 });
  });

  test('can always be taken hold of', () => {
    const span = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: 1, max: 6000 });
    const rectangle = fc.record({ x: span, y: span, width: size, height: size });
    const area = fc.record({
      ...{ x: span, y: span },
      ...{ width: fc.integer({ min: 640, max: 4000 }), height: fc.integer({ min: 480, max: 3000 }) },
    });
    fc.assert(
      fc.property(rectangle, fc.array(area, { minLength: 1, maxLength: 3 }), (saved, areas) => {
        const placed = fitOnScreen(saved, areas);
        const seen = areas.some((one) => {
          const across =
            Math.min((placed?.x ?? 0) + (placed?.width ?? 0), one.x + one.width) - Math.max(placed?.x ?? 0, one.x);
          const top = (placed?.y ?? 0) + 40 - one.y;
          return across >= 120 && top >= 20 && (placed?.y ?? 0) < one.y + one.height;
        });
        expect(seen).toBe(true);
      }),
    );
  });
});

test('of two searches that no page has taken the later is meant, and each wish is taken once', () => {
  let told = 0;
  const wishes = createMenuRequests(() => (told += 1));
  wishes.add({ kind: 'search', query: 'a' });
  wishes.add({ kind: 'action', id: 'sync' });
  wishes.add({ kind: 'search', query: 'b' });
  expect(told).toBe(3);
  expect(wishes.take()).toEqual([
    { kind: 'action', id: 'sync' },
    { kind: 'search', query: 'b' },
  ]);
  expect(wishes.take()).toEqual([]);
  for (let turn = 0; turn < 1000; turn += 1) wishes.add({ kind: 'action', id: 'sync' });
  expect(wishes.take().length).toBeLessThanOrEqual(20);
});

test('a page may be brought back by itself three times a minute', () => {
  let now = 0;
  const mayReload = createCrashCount(() => now);
  expect([mayReload(), mayReload(), mayReload(), mayReload()]).toEqual([true, true, true, false]);
  now = 61_000;
  expect(mayReload()).toBe(true);
});

describe('the menu bar', () => {
  test('shows keys and registers none, and leaves the Mac its own', () => {
    expect(toAccelerator('Mod+Shift+D', 'linux')).toBe('CommandOrControl+Shift+D');
    expect(toAccelerator('Mod+A', 'linux')).toBe('CommandOrControl+A');
    expect(toAccelerator('Mod++', 'linux')).toBe('CommandOrControl+Plus');
    expect(['Mod+A', 'Mod+c', '/', 'S', 'Escape', 'Mod+'].map((keys) => toAccelerator(keys, 'darwin'))).toEqual(
      Array(6).fill(undefined),
    );
    const chosen: string[] = [];
    const sync = {
      kind: 'action',
      id: 'sync',
      label: 'Sync',
      shortcut: 'Mod+R',
      isPossible: true,
      isOn: true,
    } as const;
    const menus = [{ label: 'File', role: null, entries: [sync, { kind: 'separator' } as const] }];
    const [file] = menuTemplate(menus, 'win32', (id) => chosen.push(id));
    const [item, line] = file?.submenu as Electron.MenuItemConstructorOptions[];
    expect(item).toMatchObject({ registerAccelerator: false, type: 'checkbox', checked: true, enabled: true });
    expect(line).toEqual({ type: 'separator' });
    (item?.click as () => void)();
    expect(chosen).toEqual(['sync']);
  });
});

test('the symbol in the tray is a sheet with nine pictures, one of them chosen', () => {
  for (const size of [16, 22, 32]) {
    const { pixels, width } = drawTrayIcon(size, [1, 2, 3]);
    expect([width, pixels.length]).toEqual([size, size * size * 4]);
    const alphas = new Set(pixels.filter((_value, index) => index % 4 === 3));
    expect([...alphas].toSorted((a, b) => a - b)).toEqual([0, 190, 255]);
  }
});

import type { NativeImage } from 'electron';
import { expect, test } from 'vitest';
import type { EventMessage } from '../../../main/contract/events.ts';
import type { Activity } from '../../../main/hosts/electron/shell-integration/activity.ts';
import { createTaskbar } from '../../../main/hosts/electron/shell-integration/taskbar.ts';
import {
  createRecentDestinations,
  jumpList,
  type RecentDestinationsDeps,
} from '../../../main/hosts/electron/shell-integration/recent-destinations.ts';
import { createNativeTexts } from '../../../main/hosts/electron/app/texts.ts';

const words = createNativeTexts(['en']);

/** Opens the taskbar integration and records its calls. */
function open(drawsOverlays: boolean) {
  const done: (readonly unknown[])[] = [];
  const activities: Activity[] = [];
  const overlay = { isEmpty: () => false } as unknown as NativeImage;
  const outside = createTaskbar({
    app: { setBadgeCount: (count) => done.push(['badge', count]) > 0 },
    powerSaveBlocker: { start: () => 1, stop: () => true },
    windows: () => [
      {
        isDestroyed: () => false,
        isFocused: () => false,
        setProgressBar: (fraction) => void done.push(['progress', fraction]),
        setOverlayIcon: (image, description) => void done.push(['overlay', image === overlay, description]),
      },
    ],
    notify: ({ title }) => void done.push(['notification', title]),
    bringForward: () => undefined,
    changed: (activity) => void activities.push(activity),
    drawOverlay: drawsOverlays ? () => overlay : undefined,
    words,
  });
  const batch = (batchId: number, state: 'running' | 'finished', unsettled: number) => {
    const counts = {
      planned: 10,
      files: 10,
      done: 10 - unsettled,
      skipped: 0,
      failed: 0,
      cancelled: 0,
      bytes: 0,
      unsettled,
    };
    const snapshot = { batchId, state, ...counts, active: 1, bytesPerSecond: 0, remainingMs: null, waiting: null };
    outside.take({ topic: 'batch', revision: 1, batch: snapshot });
  };
  const sync = (syncId: number, state: 'running' | 'waiting' | 'done') =>
    outside.take({ topic: 'sync', revision: 1, sync: { syncId, state } } as EventMessage);
  return { done, activities, batch, sync };
}

test('the symbol in the taskbar has a mark while downloads run, with what it means in words', () => {
  const { done, batch } = open(true);
  batch(1, 'running', 10);
  batch(1, 'running', 5);
  batch(2, 'running', 10);
  expect(done.filter(([what]) => what === 'overlay')).toEqual([
    ['overlay', true, 'One download is running'],
    ['overlay', true, '2 downloads are running'],
  ]);
  batch(1, 'finished', 0);
  batch(2, 'finished', 0);
  expect(done.filter(([what]) => what === 'overlay').at(-1)).toEqual(['overlay', false, '']);
});

test('the dock counts downloads, shows how far they are, and is told only of changes', () => {
  const { done, batch } = open(false);
  batch(1, 'running', 10);
  batch(1, 'running', 4);
  batch(1, 'finished', 0);
  expect(done).toEqual([
    ...[
      ['progress', 0],
      ['badge', 1],
      ['progress', 0.6],
      ['progress', -1],
      ['badge', 0],
    ],
    ['notification', 'Download finished'],
  ]);
});

test('syncs are seen too, until they end', () => {
  const { activities, sync } = open(false);
  sync(1, 'running');
  sync(2, 'waiting');
  sync(1, 'done');
  expect(activities.map(({ syncs }) => syncs)).toEqual([1, 2, 1]);
});

test('of what the system hands over only recent destinations that are there are opened', () => {
  const opened: string[] = [];
  const recent = createRecentDestinations({
    ...{ app: {}, Menu: {}, platform: 'linux', environment: {}, words },
    isFolder: (path) => path !== '/gone',
    openFolder: (path) => void opened.push(path),
  } as RecentDestinationsDeps);
  recent.open('/pictures');
  recent.show(['/pictures', '/gone']);
  for (const path of ['/pictures', '/gone', '/etc', '']) recent.open(path);
  expect(opened).toEqual(['/pictures']);
});

test('Windows’ list leaves out what the user took off it, and what would be read as more than a path', () => {
  const destinations = ['C:\\Survey images\\Pictures', 'D:\\', 'C:\\gone', 'C:\\x" /e,"C:\\y'];
  const parts = { name: 'Recent', removed: [{ args: '"C:\\gone"' }], environment: {} };
  const [category] = jumpList(destinations, parts);
  expect(category).toMatchObject({ type: 'custom', name: 'Recent' });
  expect(category?.items?.map(({ title, program, args }) => [title, program, args])).toEqual([
    ['Pictures', 'C:\\Windows\\explorer.exe', '"C:\\Survey images\\Pictures"'],
    ['D:\\', 'C:\\Windows\\explorer.exe', 'D:\\'],
  ]);
  expect(jumpList([`C:\\${'x'.repeat(400)}`], parts)[0]?.items?.[0]?.description?.length).toBe(260);
  expect(jumpList([], parts)).toEqual([]);
});

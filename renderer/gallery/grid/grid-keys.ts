import type { App } from '../../app.ts';
import { selectOnly, selectSpan } from '../../selection/clear-selection.ts';

/** Moves through the grid by keys; with Shift, the selection goes along, and with Mod+Shift it is added to. */
export function onGridKey(event: KeyboardEvent, app: App): void {
  const { gallery } = app;
  const count = gallery.result?.count ?? 0;
  if (count === 0 || event.altKey) return;
  const isMod = event.ctrlKey || event.metaKey;
  if (isMod && !event.shiftKey) return;
  if (!isMod && (event.key === ' ' || event.key === 'Enter')) {
    event.preventDefault();
    const position = gallery.active ?? gallery.view.firstVisible;
    gallery.activate(position);
    inTurn(() => actOnActive(app, position, event.key === ' ' ? 'toggle' : 'only'));
    return;
  }
  const step = stepOf(event.key, gallery.view.layout.columns, gallery.view.rowsOnPage);
  if (step === undefined) return;
  event.preventDefault();
  const from = gallery.active;
  const target = from === undefined && Number.isFinite(step) ? gallery.view.firstVisible : (from ?? 0) + step;
  const position = Math.min(count - 1, Math.max(0, target));
  gallery.activate(position);
  if (event.shiftKey) inTurn(() => extendTo(app, from ?? position, position, isMod));
}

let lastKey: Promise<void> = Promise.resolve();

/** Runs after the keys before it, as rows that are far away come later than those in view: Shift+End, then Shift+Home. */
function inTurn(run: () => Promise<void>): void {
  lastKey = lastKey.then(run, run);
}

/** Positions to move by; to the ends, infinitely many. */
function stepOf(key: string, columns: number, rowsOnPage: number): number | undefined {
  const isLeftToRight = document.documentElement.dir !== 'rtl';
  switch (key) {
    case 'ArrowLeft':
      return isLeftToRight ? -1 : 1;
    case 'ArrowRight':
      return isLeftToRight ? 1 : -1;
    case 'ArrowUp':
      return -columns;
    case 'ArrowDown':
      return columns;
    case 'PageUp':
      return -columns * rowsOnPage;
    case 'PageDown':
      return columns * rowsOnPage;
    case 'Home':
      return -Infinity;
    case 'End':
      return Infinity;
    default:
      return undefined;
  }
}

async function actOnActive(app: App, position: number, what: 'toggle' | 'only'): Promise<void> {
  const { gallery, chosen } = app;
  const row = await gallery.rowAt(position);
  if (row === undefined) return;
  if (what === 'toggle') chosen.toggle(position, row);
  else selectOnly(app, position, row);
}

async function extendTo(app: App, from: number, position: number, adds: boolean): Promise<void> {
  const { gallery, chosen } = app;
  const [start, end] = await Promise.all([gallery.rowAt(from), gallery.rowAt(position)]);
  if (start === undefined || end === undefined) return;
  if (chosen.isEmpty) chosen.anchorAt(from, start);
  selectSpan(app, adds, { position, image: end }, { position: from, image: start });
}

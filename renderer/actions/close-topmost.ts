import type { AppDeps } from '../app-deps.ts';

/** Closes what lies topmost over the gallery, dialogs and menus aside, which close themselves; false where nothing does. */
export function closeTopmost({ panels, transfers }: Pick<AppDeps, 'panels' | 'transfers'>): boolean {
  if (panels.closeOver()) return true;
  if (!transfers.isOpen) return false;
  if (transfers.openBatch === undefined) transfers.isOpen = false;
  else transfers.openBatch = undefined;
  return true;
}

import type { Dialog, WebContents } from 'electron';
import { words } from './words.ts';

export type BringBackParts = {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly mayReload: () => boolean;
  readonly report: (error: unknown) => string;
  readonly showLog: () => void;
  readonly quit: () => void;
};

type Contents = Pick<WebContents, 'on' | 'reload' | 'isDestroyed'>;

/**
 * Loads a page again whose process has ended; what runs in the core goes on meanwhile. One that keeps ending is loaded
 * only when the user says so.
 */
export function bringBack(contents: Contents, parts: BringBackParts): void {
  const { dialog, mayReload, report, showLog, quit } = parts;
  const reload = () => {
    if (!contents.isDestroyed()) contents.reload();
  };
  const ask = async () => {
    const buttons = [words.again, words.showLog, words.quit];
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: words.keepsCrashing,
      detail: words.keepsCrashingText,
      buttons,
      defaultId: 0,
      noLink: true,
    });
    if (response === 2) return quit();
    if (response === 1) showLog();
    reload();
  };
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    report(new Error(`The window’s page ended: ${reason} (${exitCode}).`));
    if (mayReload()) reload();
    else ask().catch(report);
  });
}

import type { Dialog, WebContents } from 'electron';
import type { NativeTexts } from '../app/texts.ts';

export type RendererRecoveryDeps = {
  readonly dialog: Pick<Dialog, 'showMessageBox'>;
  readonly mayReload: () => boolean;
  readonly report: (error: unknown) => string;
  readonly words: NativeTexts;
  readonly showLog: () => void;
  readonly quit: () => void;
};

type Contents = Pick<WebContents, 'on' | 'reload' | 'isDestroyed' | 'forcefullyCrashRenderer'>;

/**
 * Reloads a page whose process has ended; the core keeps running. A page that keeps crashing is reloaded, and one that
 * does not respond is ended, only if the user agrees.
 */
export function recoverRenderer(contents: Contents, deps: RendererRecoveryDeps): void {
  const { dialog, mayReload, report, words, showLog, quit } = deps;
  const reload = () => {
    if (!contents.isDestroyed()) contents.reload();
  };
  const ask = async () => {
    const buttons = [words('native.again'), words('native.showLog'), words('native.quit')];
    const { response } = await dialog.showMessageBox({
      type: 'error',
      message: words('native.keepsCrashing'),
      detail: words('native.keepsCrashingText'),
      buttons,
      defaultId: 0,
      noLink: true,
    });
    if (response === 2) return quit();
    if (response === 1) showLog();
    reload();
  };
  let isReloadRequested = false;
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    if (isReloadRequested) {
      isReloadRequested = false;
      reload();
      return;
    }
    report(new Error(`The window’s page ended: ${reason} (${exitCode}).`));
    if (mayReload()) reload();
    else ask().catch(report);
  });
  watchUnresponsive(contents, {
    ...deps,
    endAndReload() {
      isReloadRequested = true;
      contents.forcefullyCrashRenderer();
    },
  });
}

type UnresponsiveDeps = Pick<RendererRecoveryDeps, 'dialog' | 'report' | 'words'> & {
  readonly endAndReload: () => void;
};

/** Asks what to do with an unresponsive page; closes the dialog once it responds again. */
function watchUnresponsive(contents: Contents, { dialog, report, words, endAndReload }: UnresponsiveDeps): void {
  let openDialog: AbortController | undefined;
  const ask = async (controller: AbortController) => {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: words('native.standsStill'),
      detail: words('native.standsStillText'),
      buttons: [words('native.wait'), words('native.loadAgain')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal: controller.signal,
    });
    if (response === 1 && !controller.signal.aborted && !contents.isDestroyed()) endAndReload();
  };
  contents.on('unresponsive', () => {
    if (openDialog !== undefined) return;
    report(new Error('The window’s page does not answer.'));
    const controller = new AbortController();
    openDialog = controller;
    ask(controller)
      .catch(report)
      .finally(() => (openDialog = undefined));
  });
  contents.on('responsive', () => openDialog?.abort());
  contents.on('render-process-gone', () => openDialog?.abort());
}

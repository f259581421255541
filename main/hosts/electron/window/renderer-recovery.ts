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
 * Loads a page again whose process has ended; what runs in the core goes on meanwhile. One that keeps ending is loaded
 * only when the user says so, and one that does not answer is ended only then.
 */
export function recoverRenderer(contents: Contents, parts: RendererRecoveryDeps): void {
  const { dialog, mayReload, report, words, showLog, quit } = parts;
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
  let isAsked = false;
  contents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit') return;
    if (isAsked) {
      isAsked = false;
      reload();
      return;
    }
    report(new Error(`The window’s page ended: ${reason} (${exitCode}).`));
    if (mayReload()) reload();
    else ask().catch(report);
  });
  followStandstills(contents, {
    ...parts,
    loadAgain() {
      isAsked = true;
      contents.forcefullyCrashRenderer();
    },
  });
}

type StandstillParts = Pick<RendererRecoveryDeps, 'dialog' | 'report' | 'words'> & { readonly loadAgain: () => void };

/** Asks what becomes of a page that does not answer. Once it answers again, the question goes away by itself. */
function followStandstills(contents: Contents, { dialog, report, words, loadAgain }: StandstillParts): void {
  let asking: AbortController | undefined;
  const ask = async (question: AbortController) => {
    const { response } = await dialog.showMessageBox({
      type: 'warning',
      message: words('native.standsStill'),
      detail: words('native.standsStillText'),
      buttons: [words('native.wait'), words('native.loadAgain')],
      defaultId: 0,
      cancelId: 0,
      noLink: true,
      signal: question.signal,
    });
    if (response === 1 && !question.signal.aborted && !contents.isDestroyed()) loadAgain();
  };
  contents.on('unresponsive', () => {
    if (asking !== undefined) return;
    report(new Error('The window’s page does not answer.'));
    const question = new AbortController();
    asking = question;
    ask(question)
      .catch(report)
      .finally(() => (asking = undefined));
  });
  contents.on('responsive', () => asking?.abort());
  contents.on('render-process-gone', () => asking?.abort());
}

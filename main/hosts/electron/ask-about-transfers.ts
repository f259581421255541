import type { Dialog } from 'electron';
import { words } from './words.ts';

export type TransfersAnswer = { readonly way: 'background' | 'quit' | 'cancel'; readonly isRemembered: boolean };

const ways = ['background', 'quit', 'cancel'] as const;

/** Asks what becomes of files that are on their way. Whatever else closes the dialog is a no. */
export async function askAboutTransfers(
  dialog: Pick<Dialog, 'showMessageBox'>,
  files: number,
): Promise<TransfersAnswer> {
  const { response, checkboxChecked } = await dialog.showMessageBox({
    type: 'question',
    message: words.filesComing(files),
    detail: words.filesComingText,
    buttons: [words.inBackground, words.quitNow, words.cancel],
    defaultId: 0,
    cancelId: 2,
    checkboxLabel: words.remember,
    noLink: true,
  });
  return { way: ways[response] ?? 'cancel', isRemembered: checkboxChecked };
}

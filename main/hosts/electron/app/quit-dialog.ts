import type { Dialog } from 'electron';
import type { Activity } from '../shell-integration/activity.ts';
import type { NativeTexts } from './texts.ts';

export type QuitAnswer = { readonly way: 'background' | 'quit' | 'cancel'; readonly isRemembered: boolean };

const ways = ['background', 'quit', 'cancel'] as const;

/** Asks what to do with running downloads or syncs. Closing the dialog in any other way cancels. */
export async function showQuitDialog(
  dialog: Pick<Dialog, 'showMessageBox'>,
  { running, unsettled, syncs }: Activity,
  words: NativeTexts,
): Promise<QuitAnswer> {
  const question =
    running > 0
      ? { message: words('native.filesComing', { files: unsettled }), detail: words('native.filesComingText') }
      : { message: words('native.syncing', { syncs }), detail: words('native.syncingText') };
  const { response, checkboxChecked } = await dialog.showMessageBox({
    type: 'question',
    ...question,
    buttons: [words('native.inBackground'), words('native.quitNow'), words('native.cancel')],
    defaultId: 0,
    cancelId: 2,
    checkboxLabel: words('native.remember'),
    noLink: true,
  });
  return { way: ways[response] ?? 'cancel', isRemembered: checkboxChecked };
}

import type { Dialog, MessageBoxOptions, OpenDialogOptions } from 'electron';
import type { RigOrder } from '../messages.ts';
import { strict } from '../strict.ts';
import { tell } from './rig.ts';

type Answer = Extract<RigOrder, { kind: 'answer' }>;

const pending: ((answer: Answer) => void)[] = [];

export function answerDialog(answer: Answer): void {
  const oldest = pending.shift();
  if (oldest === undefined) throw new Error('No dialog is open that could be answered.');
  oldest(answer);
}

/** Opens a dialog and waits for the test's answer. */
async function openDialog(options: MessageBoxOptions | OpenDialogOptions): Promise<Answer> {
  const { defaultPath } = options as OpenDialogOptions;
  const { message, detail, buttons } = options as MessageBoxOptions;
  const { properties } = options as OpenDialogOptions;
  const { signal, cancelId = 0 } = options as MessageBoxOptions;
  const answered = new Promise<Answer>((resolve) => {
    pending.push(resolve);
    signal?.addEventListener('abort', () => {
      const index = pending.indexOf(resolve);
      if (index < 0) return;
      pending.splice(index, 1);
      tell({ kind: 'withdrawn' });
      resolve({ kind: 'answer', response: cancelId });
    });
  });
  const question = { message, detail, buttons, properties, defaultPath };
  const given = Object.entries(question).filter(([, value]) => value !== undefined);
  tell({ kind: 'asked', options: Object.fromEntries(given) });
  return answered;
}

export const dialog = strict('dialog', {
  showErrorBox: (title, content) => tell({ kind: 'box', title, content }),
  async showMessageBox(...given: readonly unknown[]) {
    const { response = 0, checked = false } = await openDialog(given.at(-1) as MessageBoxOptions);
    return { response, checkboxChecked: checked };
  },
  async showOpenDialog(...given: readonly unknown[]) {
    const { paths = [] } = await openDialog(given.at(-1) as OpenDialogOptions);
    return { canceled: paths.length === 0, filePaths: paths };
  },
} satisfies Partial<Dialog>);

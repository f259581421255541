import type { Dialog, MessageBoxOptions, OpenDialogOptions } from 'electron';
import type { RigOrder } from '../messages.ts';
import { strict } from '../strict.ts';
import { tell } from './rig.ts';

type Answer = Extract<RigOrder, { kind: 'answer' }>;

const open: ((answer: Answer) => void)[] = [];

export function answerDialog(answer: Answer): void {
  const oldest = open.shift();
  if (oldest === undefined) throw new Error('No dialog is open that could be answered.');
  oldest(answer);
}

/** The options are the last argument: a window may come before them. */
async function ask(options: MessageBoxOptions | OpenDialogOptions): Promise<Answer> {
  const { defaultPath } = options as OpenDialogOptions;
  const { message, detail, buttons } = options as MessageBoxOptions;
  const { properties } = options as OpenDialogOptions;
  const { signal, cancelId = 0 } = options as MessageBoxOptions;
  const answered = new Promise<Answer>((resolve) => {
    open.push(resolve);
    signal?.addEventListener('abort', () => {
      const place = open.indexOf(resolve);
      if (place < 0) return;
      open.splice(place, 1);
      tell({ kind: 'withdrawn' });
      resolve({ kind: 'answer', response: cancelId });
    });
  });
  const asked = { message, detail, buttons, properties, defaultPath };
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  tell({ kind: 'asked', options: Object.fromEntries(given) });
  return answered;
}

export const dialog = strict('dialog', {
  showErrorBox: (title, content) => tell({ kind: 'box', title, content }),
  async showMessageBox(...given: readonly unknown[]) {
    const { response = 0, checked = false } = await ask(given.at(-1) as MessageBoxOptions);
    return { response, checkboxChecked: checked };
  },
  async showOpenDialog(...given: readonly unknown[]) {
    const { paths = [] } = await ask(given.at(-1) as OpenDialogOptions);
    return { canceled: paths.length === 0, filePaths: paths };
  },
} satisfies Partial<Dialog>);

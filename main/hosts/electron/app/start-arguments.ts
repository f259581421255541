import { readDeepLink } from '../shell-integration/deep-link.ts';

export type StartArguments = {
  readonly asks: 'help' | 'version' | undefined;
  /** Without the graphics card, in the usual place, and with nothing brought back. */
  readonly isSafe: boolean;
  /** What a link of ours asks to search for. */
  readonly search: string | undefined;
};

/** `given` is without the program and its script. What is for Chromium, or for nobody, is passed over. */
export function readArguments(given: readonly string[]): StartArguments {
  const has = (...names: readonly string[]) => given.some((word) => names.includes(word));
  const asked = has('--help', '-h') ? 'help' : has('--version', '-v') ? 'version' : undefined;
  const search = given.map(readDeepLink).find((query) => query !== undefined);
  return { asks: asked, isSafe: has('--safe-mode'), search };
}

/** Electron is started with its own program, and from a checkout with the script besides. */
export function withoutProgram(argv: readonly string[], isPackaged: boolean): readonly string[] {
  return argv.slice(isPackaged ? 1 : 2);
}

export const helpText = `Contact Sheet: your QuestionPro image library on your own machine.

  contact-sheet [OPTION] [contact-sheet://search?q=QUERY]

  --help       says this
  --version    says which version this is
  --self-test  tries what only a whole build can lack, on a folder of its own, and says how each went
  --safe-mode  starts without the graphics card, in the usual place and view, should the window not show

CONTACT_SHEET_HOME names another folder for everything that is kept.
`;

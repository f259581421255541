import { readDeepLink } from '../shell-integration/deep-link.ts';

export type StartArguments = {
  readonly asks: 'help' | 'version' | undefined;
  /** Starts without the graphics card, at the default position, and restores nothing. */
  readonly isSafe: boolean;
  /** The query of a contact-sheet: link. */
  readonly search: string | undefined;
};

/** Parses arguments without the program and its script. Ignores those for Chromium and unknown ones. */
export function readArguments(args: readonly string[]): StartArguments {
  const has = (...names: readonly string[]) => args.some((argument) => names.includes(argument));
  const asked = has('--help', '-h') ? 'help' : has('--version', '-v') ? 'version' : undefined;
  const search = args.map(readDeepLink).find((query) => query !== undefined);
  return { asks: asked, isSafe: has('--safe-mode'), search };
}

/** Removes the program, and in a checkout the script, which Electron is started with. */
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

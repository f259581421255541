/** The environment variable with the rig's settings as JSON. */
export const settingsVariable = 'CONTACT_SHEET_RIG';

export type RigArea = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type RigSettings = {
  /** Chromium's program. */
  readonly chromium: string;
  /** The system's theme, for `nativeTheme`. */
  readonly theme: 'light' | 'dark';
  /** The initial screens, the main one first. */
  readonly screens?: readonly RigArea[] | undefined;
  /** The user's preferred languages, for `getPreferredSystemLanguages`. */
  readonly languages?: readonly string[] | undefined;
  /** Runs the app as packed, with the folder of its package's resources. */
  readonly packed?: { readonly resources: string } | undefined;
  /** The platform that the app sees. */
  readonly platform?: NodeJS.Platform | undefined;
};

/** A message from the rig's process to the test. */
export type RigMessage =
  | { readonly kind: 'browser'; readonly endpoint: string; readonly pid: number }
  /** A window has loaded its page; the address is the one that the page sees. */
  | { readonly kind: 'window'; readonly address: string }
  | { readonly kind: 'shown' }
  | { readonly kind: 'box'; readonly title: string; readonly content: string }
  /** A fault in a page, which no test may cause. */
  | { readonly kind: 'fault'; readonly text: string }
  /** The app opened a dialog; an `answer` order answers it. */
  | { readonly kind: 'asked'; readonly options: RigQuestion }
  /** The app withdrew an open dialog. */
  | { readonly kind: 'withdrawn' }
  /** Another system call of the app, by the name of Electron's function. */
  | { readonly kind: 'did'; readonly what: string; readonly value: unknown };

export type RigQuestion = {
  readonly message?: string;
  readonly detail?: string;
  readonly buttons?: readonly string[];
  readonly properties?: readonly string[];
  readonly defaultPath?: string;
};

/** An action of the user or the system, sent by the test to the rig's process. */
export type RigOrder =
  | { readonly kind: 'quit' }
  | { readonly kind: 'close-window' }
  | { readonly kind: 'focus'; readonly isFocused: boolean }
  /** Answers the oldest open dialog; a folder chooser uses `paths`, and none cancels it. */
  | { readonly kind: 'answer'; readonly response?: number; readonly checked?: boolean; readonly paths?: string[] }
  /** Selects an item of the menu bar, the tray or the dock by its label. */
  | { readonly kind: 'choose'; readonly from: 'menu' | 'tray' | 'dock'; readonly label: string }
  | { readonly kind: 'click'; readonly what: 'tray' | 'notification' }
  | { readonly kind: 'screens'; readonly screens: readonly RigArea[] }
  | { readonly kind: 'open-url'; readonly address: string }
  | { readonly kind: 'open-file'; readonly path: string }
  /** Chromium reports that the page is unresponsive, or responsive again. */
  | { readonly kind: 'page'; readonly what: 'unresponsive' | 'responsive' }
  | { readonly kind: 'shutdown' };

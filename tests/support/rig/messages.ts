/** How the rig's process is told what to do: one JSON text in its environment. */
export const settingsVariable = 'CONTACT_SHEET_RIG';

export type RigArea = { readonly x: number; readonly y: number; readonly width: number; readonly height: number };

export type RigSettings = {
  /** Chromium's program. */
  readonly chromium: string;
  /** What the system's theme is, for `nativeTheme`. */
  readonly theme: 'light' | 'dark';
  /** The screens at the start, the main one first. */
  readonly screens?: readonly RigArea[] | undefined;
  /** What the user prefers, for `getPreferredSystemLanguages`. */
  readonly languages?: readonly string[] | undefined;
  /** A packed app, and where its package keeps what lies beside it. */
  readonly packed?: { readonly resources: string } | undefined;
  /** The system that the app takes this one for. */
  readonly platform?: NodeJS.Platform | undefined;
};

/** What the rig's process tells the test. */
export type RigMessage =
  | { readonly kind: 'browser'; readonly endpoint: string; readonly pid: number }
  /** A window has loaded its page; the address is the page's own. */
  | { readonly kind: 'window'; readonly address: string }
  | { readonly kind: 'shown' }
  | { readonly kind: 'box'; readonly title: string; readonly content: string }
  /** Something in a page that no journey may cause. */
  | { readonly kind: 'fault'; readonly text: string }
  /** The app asks in a dialog; an order `answer` answers it. */
  | { readonly kind: 'asked'; readonly options: RigQuestion }
  /** A dialog that was open was taken back by the app. */
  | { readonly kind: 'withdrawn' }
  /** What else the app had the system do, by the name of Electron's function. */
  | { readonly kind: 'did'; readonly what: string; readonly value: unknown };

export type RigQuestion = {
  readonly message?: string;
  readonly detail?: string;
  readonly buttons?: readonly string[];
  readonly properties?: readonly string[];
  readonly defaultPath?: string;
};

/** What the test tells the rig's process: what a user or the system would do. */
export type RigOrder =
  | { readonly kind: 'quit' }
  | { readonly kind: 'close-window' }
  | { readonly kind: 'focus'; readonly isFocused: boolean }
  /** Answers the oldest dialog that is open; a folder chooser takes `paths`, and none cancels it. */
  | { readonly kind: 'answer'; readonly response?: number; readonly checked?: boolean; readonly paths?: string[] }
  /** Chooses an entry of the menu bar, the tray or the dock by its label. */
  | { readonly kind: 'choose'; readonly from: 'menu' | 'tray' | 'dock'; readonly label: string }
  | { readonly kind: 'click'; readonly what: 'tray' | 'notification' }
  | { readonly kind: 'screens'; readonly screens: readonly RigArea[] }
  | { readonly kind: 'open-url'; readonly address: string }
  | { readonly kind: 'open-file'; readonly path: string }
  /** Chromium finds that the page does not answer, or answers again. */
  | { readonly kind: 'page'; readonly what: 'unresponsive' | 'responsive' }
  | { readonly kind: 'shutdown' };

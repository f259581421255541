/** How the rig's process is told what to do: one JSON text in its environment. */
export const settingsVariable = 'CONTACT_SHEET_RIG';

export type RigSettings = {
  /** Chromium's program. */
  readonly chromium: string;
  /** What the system's theme is, for `nativeTheme`. */
  readonly theme: 'light' | 'dark';
};

/** What the rig's process tells the test. */
export type RigMessage =
  | { readonly kind: 'browser'; readonly endpoint: string; readonly pid: number }
  /** A window has loaded its page; the address is the page's own. */
  | { readonly kind: 'window'; readonly address: string }
  | { readonly kind: 'shown' }
  | { readonly kind: 'box'; readonly title: string; readonly content: string }
  /** Something in a page that no journey may cause. */
  | { readonly kind: 'fault'; readonly text: string };

/** What the test tells the rig's process. */
export type RigOrder = { readonly kind: 'quit' };

import { conflictPolicies, type ConflictPolicy } from './transfer/batch.ts';

/** `contrast`: black and white, with strong borders. */
export const themes = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof themes)[number];

export const tileSizePx = { least: 96, most: 400, usual: 160 } as const;
export const inspectorWidthPx = { least: 240, most: 640, usual: 320 } as const;
export const mostRecentDestinations = 10;

/** What closing the window means while files are on their way: asked, on in the background, or the end of the app. */
export const closingWays = ['ask', 'background', 'quit'] as const;
export type ClosingWay = (typeof closingWays)[number];

/** What the user chose, kept from one start to the next. */
export type Settings = {
  readonly theme: Theme;
  /** Whether images that were not downloaded yet are fetched from their host, to be shown. */
  readonly fetchThumbnails: boolean;
  /** Edge of a tile in CSS pixels. */
  readonly tileSize: number;
  readonly sidebar: boolean;
  readonly inspector: boolean;
  /** In CSS pixels. */
  readonly inspectorWidth: number;
  /** Where the last download went, an absolute path; null before the first. */
  readonly lastDestination: string | null;
  /** How files are named; null is the usual way. */
  readonly template: string | null;
  readonly policy: ConflictPolicy;
  /** The newest first, each once. */
  readonly recentDestinations: readonly string[];
  readonly closing: ClosingWay;
  /** Whether the app looks for a newer version once a day; null until the user was asked. */
  readonly looksForUpdates: boolean | null;
};

export const usualSettings: Settings = {
  theme: 'system',
  fetchThumbnails: true,
  tileSize: tileSizePx.usual,
  sidebar: true,
  inspector: true,
  inspectorWidth: inspectorWidthPx.usual,
  lastDestination: null,
  template: null,
  policy: conflictPolicies[0],
  recentDestinations: [],
  closing: 'ask',
  looksForUpdates: null,
};

/** The destinations with this one in front. */
export function rememberDestination(recent: readonly string[], destination: string): readonly string[] {
  return [destination, ...recent.filter((one) => one !== destination)].slice(0, mostRecentDestinations);
}

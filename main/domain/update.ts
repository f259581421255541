/** How the app stands with its own updates. `absent`: another program sees to them here, or nobody does. */
export const updateStates = [
  'absent',
  'idle',
  'checking',
  'current',
  'available',
  'downloading',
  'ready',
  'installing',
  'failed',
] as const;
export type UpdateState = (typeof updateStates)[number];

/** A newer version that a person may choose to have. */
export type Offer = {
  readonly version: string;
  /** As the release's authors wrote them: plain text or Markdown; '' where there are none. */
  readonly notes: string;
  /** Of what is to be downloaded; null where the server does not say. */
  readonly bytes: number | null;
};

export type Update = {
  readonly state: UpdateState;
  /** The newer version, once one was found. */
  readonly offer: Offer | null;
  /** From 0 to 1, while it is downloaded. */
  readonly fraction: number | null;
  /** Why there are no updates here, or what failed and what to do. */
  readonly message: string | null;
  /** When the server was last asked with success, in ms since the epoch, by this start of the app or an earlier one. */
  readonly checkedAt: number | null;
};

export type UpdateEvent =
  | { readonly kind: 'check' }
  | { readonly kind: 'current'; readonly at: number }
  /** A look that nobody asked for came to nothing, which is nobody's worry. */
  | { readonly kind: 'unheard' }
  | { readonly kind: 'found'; readonly offer: Offer; readonly at: number }
  | { readonly kind: 'download' }
  | { readonly kind: 'progress'; readonly fraction: number }
  | { readonly kind: 'downloaded' }
  | { readonly kind: 'install' }
  | { readonly kind: 'failed'; readonly message: string };

const table: { readonly [S in UpdateState]: { readonly [K in UpdateEvent['kind']]?: UpdateState } } = {
  absent: {},
  idle: { check: 'checking' },
  checking: { current: 'current', found: 'available', unheard: 'idle', failed: 'failed' },
  current: { check: 'checking' },
  available: { check: 'checking', download: 'downloading' },
  downloading: { progress: 'downloading', downloaded: 'ready', failed: 'failed' },
  // Nothing is installed that was not asked for: what is ready stays so until somebody asks.
  ready: { install: 'installing' },
  installing: { failed: 'failed' },
  failed: { check: 'checking', download: 'downloading' },
};

export const noUpdateYet: Update = { state: 'idle', offer: null, fraction: null, message: null, checkedAt: null };

/** What follows from an event, or undefined where it can't happen as things stand. */
export function nextUpdate(update: Update, event: UpdateEvent): Update | undefined {
  const state = table[update.state][event.kind];
  // What failed before a version was found leaves nothing to download.
  if (state === undefined || (event.kind === 'download' && update.offer === null)) return undefined;
  const calm = { ...update, state, fraction: null, message: null };
  switch (event.kind) {
    case 'check':
      return { ...calm, offer: null };
    case 'current':
      return { ...calm, checkedAt: event.at };
    case 'found':
      return { ...calm, offer: event.offer, checkedAt: event.at };
    case 'download':
      return { ...calm, fraction: 0 };
    case 'progress':
      return { ...calm, fraction: Math.min(1, Math.max(update.fraction ?? 0, event.fraction)) };
    case 'failed':
      return { ...calm, message: event.message };
    case 'unheard':
    case 'downloaded':
    case 'install':
      return calm;
  }
}

import type { JournalEntry, SyncCost, SyncSnapshot } from '../../main/contract/commands/syncs.ts';
import { joinParts, type TranslatedText } from '../../main/messages/format.ts';
import type { MessageKey } from '../../main/messages/messages.ts';
import type { Tone } from '../components/tone.ts';

export type SyncState = SyncSnapshot['state'];

export const syncStates: Readonly<Record<SyncState, { readonly label: MessageKey; readonly tone: Tone }>> = {
  running: { label: 'sync.state.running', tone: 'active' },
  waiting: { label: 'sync.state.waiting', tone: 'warn' },
  done: { label: 'sync.state.done', tone: 'good' },
  cancelled: { label: 'sync.state.cancelled', tone: 'quiet' },
  failed: { label: 'sync.state.failed', tone: 'bad' },
  interrupted: { label: 'sync.state.interrupted', tone: 'warn' },
};

/** How an account's sync stands: what runs now, or else what ran last. */
export type SyncStatus =
  | { readonly kind: 'never' }
  | { readonly kind: 'now'; readonly sync: SyncSnapshot }
  | { readonly kind: 'elsewhere' }
  | { readonly kind: 'last'; readonly entry: JournalEntry };

export function syncStatus(sync: SyncSnapshot | undefined, entry: JournalEntry | undefined): SyncStatus {
  if (sync?.state === 'running' || sync?.state === 'waiting') return { kind: 'now', sync };
  if (entry === undefined) return { kind: 'never' };
  // What runs, and not here, is another process's.
  return entry.state === 'running' ? { kind: 'elsewhere' } : { kind: 'last', entry };
}

/** One line: `Synced 2 minutes ago · 1 call`. */
export function describeSyncStatus(stand: SyncStatus, now: number, { translate, format }: TranslatedText): string {
  switch (stand.kind) {
    case 'never':
      return translate('sync.never');
    case 'elsewhere':
      return translate('sync.elsewhere');
    case 'now':
      return describeRun(stand.sync, now, { translate, format });
    case 'last': {
      const { state, startedAt, endedAt, calls, added } = stand.entry;
      const age = format.age(endedAt ?? startedAt, now);
      return joinParts([
        translate(state === 'done' ? 'sync.done' : 'sync.ended', { age, state: translate(syncStates[state].label) }),
        translate('sync.calls', { calls }),
        state === 'done' && added > 0 ? translate('sync.new', { count: added }) : '',
      ]);
    }
  }
}

function describeRun(sync: SyncSnapshot, now: number, { translate, format }: TranslatedText): string {
  const { page, pages, calls, added, waiting } = sync;
  if (waiting !== null) {
    const time = format.duration(Math.max(0, waiting.until - now));
    return translate('sync.waiting', { why: waiting.why, time });
  }
  return joinParts([
    page === null || pages === null ? translate('sync.starting') : translate('sync.page', { page, pages }),
    translate('sync.calls', { calls }),
    added > 0 ? translate('sync.new', { count: added }) : '',
  ]);
}

/** Whether the whole list was read, and how many images the catalogue then held. */
export function describeExtent(
  { complete, present }: Pick<JournalEntry, 'complete' | 'present'>,
  translate: TranslatedText['translate'],
): string {
  if (!complete) return translate('journal.incomplete');
  return present === null ? translate('journal.complete') : translate('journal.completeCount', { count: present });
}

/** What a sync will cost: `1 call if nothing is new, 26 for the whole list`. */
export function describeCost({ least, whole }: SyncCost, { translate }: Pick<TranslatedText, 'translate'>): string {
  if (whole === null) return translate('cost.unknown');
  return whole <= least ? translate('cost.same', { least }) : translate('cost.range', { least, whole });
}

/** Several accounts together; where the length of one list is unknown, so is the whole. */
export function sumCosts(costs: readonly SyncCost[]): SyncCost {
  return costs.reduce<SyncCost>(
    (sum, { least, whole }) => ({
      least: sum.least + least,
      whole: sum.whole === null || whole === null ? null : sum.whole + whole,
    }),
    { least: 0, whole: 0 },
  );
}

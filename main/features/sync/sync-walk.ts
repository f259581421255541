import { failure } from '../../domain/failure.ts';
import { fail, ok, type Result } from '../../domain/result.ts';
import {
  beginWalk,
  nextPage,
  observe,
  type Outcome,
  type PageFacts,
  type Verdict,
  type Walk,
} from '../../domain/network/walk.ts';
import { emptyBudget, isSpent, spend } from '../../domain/network/walk-budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ApiPage } from '../../adapters/remote/api/api-page.ts';
import type { CatalogueStore } from '../../adapters/storage/images/catalogue-store.ts';
import type { Checkpoint } from '../../adapters/storage/sync/page-saver.ts';
import type { SyncRecord } from '../../adapters/storage/sync/sync-store.ts';
import { inTimeSlices } from '../../adapters/storage/database/time-slices.ts';

export type WalkDeps = {
  readonly catalogue: CatalogueStore;
  readonly clock: Clock;
  /** When the list was last known to be whole, in ms since the epoch; 0 where it never was. */
  readonly lastWholeAt: number;
  /** One page through the gate, its retries and its counted calls included. */
  readonly fetchPage: (page: number) => Promise<Result<ApiPage>>;
  readonly onPage: (page: PageFacts, walk: Walk) => void;
  readonly signal: AbortSignal;
};

/** `whole`: the catalogue now equals the API's list, as far as the list can tell. */
export type WalkEnd = { readonly whole: boolean };

/** Goes on where the account's last walk stopped, or begins one; every page is saved with its checkpoint. */
export async function runWalk(sync: SyncRecord, start: Walk, deps: WalkDeps): Promise<Result<WalkEnd>> {
  let walk = start;
  let budget = emptyBudget;
  for (;;) {
    const asked = nextPage(walk);
    const page = await deps.fetchPage(asked);
    if (!page.ok) return page;
    const { verdict, facts } = savePage(sync, walk, page.value, deps);
    switch (verdict.kind) {
      case 'current':
        return ok({ whole: true });
      case 'ended': {
        const finished = await finishWalk(sync, walk.mark, verdict.sweep ? 'sweep' : 'keep', verdict.outcome, deps);
        return verdict.isStuck === true ? fail(failure('server-error', nothingNewMessage(asked, facts))) : finished;
      }
      case 'go-on':
        budget = spend(budget, facts, verdict.walk);
        walk = verdict.walk;
        break;
      case 'again':
        budget = spend(budget, facts, walk);
        walk = { ...verdict.walk, mark: deps.catalogue.newMark() };
    }
    if (isSpent(budget)) return fail(failure('server-error', endlessMessage(budget.pages, facts)));
  }
}

const kept = 'What came is kept.';

function nothingNewMessage(page: number, { totalItems, present }: PageFacts): string {
  return (
    `QuestionPro sent nothing new with page ${page} of the list, so the rest can't be read: ` +
    `it says that it has ${totalItems} images, and ${present} are here. ${kept} Try again later.`
  );
}

function endlessMessage(pages: number, { totalItems }: PageFacts): string {
  return (
    `The list did not come to its end within ${pages} pages, although it says that it has ${totalItems} images: ` +
    `it keeps changing, or its numbers are wrong. ${kept} Sync again to go on from there.`
  );
}

function savePage(
  sync: SyncRecord,
  walk: Walk,
  page: ApiPage,
  deps: WalkDeps,
): { readonly verdict: Verdict; readonly facts: PageFacts } {
  const { catalogue, clock } = deps;
  const last = catalogue.lastOutcome(sync.accountId);
  let verdict: Verdict | undefined;
  const saved = catalogue.savePage(
    { ...page, accountId: sync.accountId, syncId: sync.id, walk },
    clock.now(),
    (facts) => {
      verdict = observe(walk, facts, last);
      return toCheckpoint(sync.walkId, verdict, walk.mark);
    },
  );
  if (verdict === undefined) throw new Error('A page was saved without a decision');
  deps.onPage(saved.facts, verdict.kind === 'go-on' ? verdict.walk : walk);
  return { verdict, facts: saved.facts };
}

function toCheckpoint(walkId: number, verdict: Verdict, mark: number): Checkpoint | null {
  switch (verdict.kind) {
    case 'go-on':
      return { kind: 'walk', walkId, walk: verdict.walk };
    case 'ended':
      return verdict.sweep ? { kind: 'sweep', walkId, mark, outcome: verdict.outcome } : null;
    case 'again':
    case 'current':
      // A second pass that was not begun yet is the next sync's walk.
      return null;
  }
}

/**
 * What the end of a walk asks for; done again without harm when the process died in its midst, or it was cancelled: then
 * the checkpoint says so to the next sync.
 */
export async function finishWalk(
  sync: SyncRecord,
  mark: number,
  how: 'sweep' | 'keep',
  outcome: Outcome,
  { catalogue, lastWholeAt, signal }: Pick<WalkDeps, 'catalogue' | 'lastWholeAt' | 'signal'>,
): Promise<Result<WalkEnd>> {
  if (how === 'sweep') {
    const sweep = { accountId: sync.accountId, syncId: sync.id, mark, lastSeen: lastWholeAt };
    const swept = await inTimeSlices(catalogue.sweep(sweep), signal);
    if (swept === undefined) return fail(failure('cancelled', 'It was cancelled. What was done is kept.'));
  }
  catalogue.endWalk(sync.accountId, outcome);
  return ok({ whole: how === 'sweep' });
}

/** The walk to go on with: the interrupted one, unless a full one is asked for and it was not full. */
export function resumableWalk(checkpoint: Checkpoint | null, mode: Walk['mode']): Walk | undefined {
  if (checkpoint?.kind !== 'walk') return undefined;
  return mode === 'full' && checkpoint.walk.mode !== 'full' ? undefined : checkpoint.walk;
}

export function freshWalk(sync: SyncRecord, mode: Walk['mode'], catalogue: CatalogueStore): Walk {
  const walk = beginWalk(mode, catalogue.newMark());
  catalogue.beginWalk(sync.accountId, { kind: 'walk', walkId: sync.walkId, walk });
  return walk;
}

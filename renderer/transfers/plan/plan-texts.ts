import type { PlanView } from '../../../main/contract/commands/downloads.ts';
import type { ConflictPolicy } from '../../../main/domain/transfer/batch.ts';
import type { Failure, FailureCode } from '../../../main/domain/failure.ts';
import { joinParts, type TranslatedText } from '../../../main/messages/format.ts';
import type { MessageKey } from '../../../main/messages/messages.ts';
import { roomFor } from './plan-labels.ts';

export const policyText: Readonly<Record<ConflictPolicy, { readonly label: MessageKey; readonly hint: MessageKey }>> = {
  'skip-identical': { label: 'policy.skipIdentical', hint: 'policy.skipIdenticalHint' },
  'keep-both': { label: 'policy.keepBoth', hint: 'policy.keepBothHint' },
  overwrite: { label: 'policy.overwrite', hint: 'policy.overwriteHint' },
  'skip-existing': { label: 'policy.skipExisting', hint: 'policy.skipExistingHint' },
};

/** Says that a plan has no room, by how much, and what to do; undefined where it has. */
export function describeRoom(
  { bytes, freeBytes }: PlanView,
  { translate, format }: TranslatedText,
): string | undefined {
  const room = roomFor(bytes, freeBytes);
  if (freeBytes === null || room === 'fits' || room === 'unknown') return undefined;
  const values = { size: format.size(bytes.high - freeBytes), least: format.size(bytes.low - freeBytes) };
  if (room === 'may-not-fit') return translate('plan.mayNotFit', values);
  return translate(bytes.low === bytes.high ? 'plan.doesNotFit' : 'plan.doesNotFitSpan', values);
}

/** `379 MB to 404 MB · 212 GB free`. */
export function describePlan(view: PlanView, { translate, format }: TranslatedText): string {
  return joinParts([
    view.files === 0 ? translate('plan.nothingToFetch') : describeBytes(view.bytes, { translate, format }),
    view.unknownSizes > 0 ? translate('plan.unknownSizes', { count: view.unknownSizes }) : '',
    view.freeBytes === null ? '' : translate('plan.free', { size: format.size(view.freeBytes) }),
  ]);
}

function describeBytes({ low, high }: PlanView['bytes'], { translate, format }: TranslatedText): string {
  if (low === high) return format.totalSize(low, false);
  const [from, to] = [format.size(low), format.size(high)];
  return from === to ? format.totalSize(high, true) : translate('plan.bytes', { from, to });
}

export type PlanFailure = { readonly field: 'destination' | 'template' | 'all'; readonly message: string };

const fields: { readonly [C in FailureCode]?: PlanFailure['field'] } = {
  'template-mistake': 'template',
  'not-writable': 'destination',
  'disk-full': 'destination',
};

/** What failed, and which field it is said at. */
export function failureOf(failure: Failure | undefined): PlanFailure | undefined {
  if (failure === undefined) return undefined;
  return { field: fields[failure.code] ?? 'all', message: failure.message };
}

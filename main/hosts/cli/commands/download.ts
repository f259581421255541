import { resolve } from 'node:path';
import type { PlanView } from '../../../contract/commands/downloads.ts';
import type { ConflictPolicy } from '../../../domain/transfer/batch.ts';
import { fail, ok, type Result } from '../../../domain/result.ts';
import { formatSize } from '../../../domain/image/size.ts';
import { refuse } from './accounts.ts';
import { exitCodeOf } from '../exit-code.ts';
import { followBatch } from '../follow-batch.ts';
import { planReasonText } from '../text/plan-text.ts';
import { noAccount, type Session } from '../session.ts';
import { formatCount, plural } from '../text/text.ts';

export type DownloadOptions = {
  readonly to: string;
  readonly template?: string;
  readonly onConflict?: ConflictPolicy;
  readonly includeOther?: boolean;
  readonly concurrency?: number;
  readonly limitRate?: number;
  readonly manifest?: boolean;
};

const pageSize = 1000;

/** Formats `4.7 MB to 4.8 MB`, or `≈ 6.2 MB` if both ends read alike. */
function formatSpan({ low, high }: { readonly low: number; readonly high: number }): string {
  const [from, to] = [formatSize(low), formatSize(high)];
  if (low === high) return to;
  return from === to ? `≈ ${to}` : `${from} to ${to}`;
}

export async function planCommand(session: Session, query: string, options: DownloadOptions): Promise<number> {
  const { output, call } = session;
  const account = await requireAccount(session);
  const planned = account.ok ? await call('downloads.plan', toPlanInput(session, query, options)) : account;
  if (!planned.ok) return refuse(session, planned.error);
  if (output.json) return printPlan(session, planned.value);
  const { files, bytes, unknownSizes, freeBytes, totals } = planned.value;
  const span = formatSpan(bytes);
  const free = freeBytes === null ? '' : ` · ${formatSize(freeBytes)} free`;
  const unknown = unknownSizes === 0 ? '' : ` and ${plural(unknownSizes, 'file')} of unknown size`;
  output.line(files === 0 ? 'Nothing to download.' : `${plural(files, 'file')} to download · ${span}${unknown}${free}`);
  for (const [reason, count] of Object.entries(totals)) {
    if (count > 0) output.line(`${formatCount(count).padStart(9)}  ${planReasonText[reason as keyof typeof totals]}`);
  }
  if (freeBytes !== null && bytes.high > freeBytes) output.note(describeShortage(bytes, freeBytes));
  return 0;
}

function describeShortage({ low, high }: PlanView['bytes'], freeBytes: number): string {
  if (low <= freeBytes) return 'There may not be room for all of them.';
  const missing = formatSize(low - freeBytes);
  const needs = low === high ? missing : `${missing} to ${formatSize(high - freeBytes)}`;
  return `This does not fit: it needs ${needs} more than is free. Free some space, or choose another folder.`;
}

/** Prints item by item, as a plan may hold a million. */
async function printPlan({ output, call }: Session, plan: PlanView): Promise<number> {
  const { handle, images, files, bytes, freeBytes, totals } = plan;
  await output.raw(`${JSON.stringify({ files, bytes, freeBytes }).slice(0, -1)},"items":[`);
  for (let from = 0; from < images; from += pageSize) {
    const items = await call('downloads.planItems', { handle, from, to: from + pageSize });
    if (!items.ok) throw new Error(items.error.message);
    const texts = items.value.map(({ id, name, path, action, reason }) =>
      JSON.stringify({ id, name, path, action, reason }),
    );
    await output.raw(`${from === 0 ? '\n' : ',\n'}${texts.join(',\n')}`);
  }
  await output.raw(`\n],"totals":${JSON.stringify(totals)}}\n`);
  return 0;
}

export async function downloadCommand(session: Session, query: string, options: DownloadOptions): Promise<number> {
  const { output, call } = session;
  const { manifest = false, concurrency = null, limitRate = null } = options;
  const input = { ...toPlanInput(session, query, options), manifest, concurrency, limitRate };
  const account = await requireAccount(session);
  const started = account.ok ? await call('downloads.start', input) : account;
  if (!started.ok) {
    output.failed(started.error, 'event');
    return exitCodeOf(started.error.code);
  }
  const { batch, continued } = started.value;
  if (continued) output.note(`Going on with batch ${batch.id}: ${plural(batch.unsettled, 'file')} left.`);
  return followBatch(session, batch.id);
}

/** A removed account with a kept catalogue still has images. */
async function requireAccount({ call }: Session): Promise<Result<undefined>> {
  const [listed, retired] = await Promise.all([call('accounts.list', {}), call('accounts.retired', {})]);
  if (!listed.ok) return listed;
  if (!retired.ok) return retired;
  return listed.value.length + retired.value.length === 0 ? fail(noAccount()) : ok();
}

function toPlanInput({ workingFolder }: Session, query: string, options: DownloadOptions) {
  const { to, template, onConflict, includeOther = false } = options;
  return {
    query,
    destination: resolve(workingFolder, to),
    includeOther,
    ...(template === undefined ? {} : { template }),
    ...(onConflict === undefined ? {} : { policy: onConflict }),
  };
}

import type { AccountView } from '../../../contract/commands/accounts.ts';
import type { SyncSnapshot } from '../../../contract/commands/syncs.ts';
import { failure, type Failure } from '../../../domain/failure.ts';
import { quoted } from './accounts.ts';
import { exitCodeOf, gravest } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { accountsNamed, lendKey, type Session } from '../session.ts';
import { formatCount, plural } from '../text/text.ts';

/** Syncs one account after the other, as each may wait at the gate; one failure doesn't stop the rest. */
export async function syncCommand(session: Session, names: readonly string[], full: boolean): Promise<number> {
  const { output, signal } = session;
  const accounts = await accountsNamed(session, names);
  const lent = accounts.ok ? await lendKey(session, accounts.value) : accounts;
  if (!accounts.ok || !lent.ok) {
    const error = accounts.ok ? (lent.ok ? undefined : lent.error) : accounts.error;
    if (error) output.failed(error, 'event');
    return error ? exitCodeOf(error.code) : 0;
  }
  const stopListening = session.listen((message) => {
    if (message.topic === 'sync') showProgress(session, message.sync);
  });
  const codes: number[] = [];
  try {
    for (const account of accounts.value) {
      if (signal.aborted) codes.push(exitCodeOf('cancelled'));
      else codes.push(await syncOne(session, account, full));
    }
  } finally {
    stopListening();
  }
  return gravest(codes);
}

async function syncOne(session: Session, account: AccountView, full: boolean): Promise<number> {
  const { output, call, signal } = session;
  const cancel = () => void call('sync.cancel', { accountId: account.id });
  signal.addEventListener('abort', cancel, { once: true });
  const ended = await call('sync.run', { accountId: account.id, full });
  signal.removeEventListener('abort', cancel);
  const failed = ended.ok ? ended.value.failure : ended.error;
  if (failed) reportFailure(session, account, failed);
  else if (ended.ok) reportResult(output, ended.value);
  const { calls, added, changed, gone, malformed, present, complete } = ended.ok ? ended.value : notStarted(account);
  const counts = { calls, added, changed, gone, malformed, total: present, complete };
  output.event({ event: 'done', account: account.name, ...counts });
  return failed ? exitCodeOf(failed.code) : 0;
}

function notStarted({ images }: AccountView) {
  return { calls: 0, added: 0, changed: 0, gone: 0, malformed: 0, present: images, complete: false };
}

const refusedKeys: ReadonlySet<string> = new Set(['unauthorized', 'key-missing']);

function reportFailure({ output }: Session, { name, vault }: AccountView, { code, message }: Failure): void {
  const again = `contact-sheet sync ${quoted(name)}`;
  const what = code === 'cancelled' ? `stopped. What came so far is kept; to go on from there: ${again}` : message;
  output.failed(failure(code, `${name}: ${what}`), 'event');
  if (refusedKeys.has(code) && vault !== 'none') {
    output.note(`To enter a new key: contact-sheet accounts key ${quoted(name)} < key.txt`);
  }
}

function reportResult({ line, note }: Output, sync: SyncSnapshot): void {
  line(describe(sync));
  const { malformed } = sync;
  if (malformed > 0) {
    const kept = malformed === 1 ? 'was kept as it came' : 'were kept as they came';
    line(`  ${plural(malformed, 'record')} could not be read and ${kept}.`);
  }
  const mismatch = describeMismatch(sync);
  if (mismatch !== undefined) note(`${sync.account}: ${mismatch}`);
}

/** Explains how QuestionPro's total contradicts its list; undefined if it doesn't. */
function describeMismatch({ present, malformed, total, complete }: SyncSnapshot): string | undefined {
  const isTooLow = total !== null && present + malformed > total;
  if (isTooLow && complete) {
    return `QuestionPro's total is wrong: it says ${formatCount(total)}, and its list has ${plural(present, 'image')}.`;
  }
  if (complete) return undefined;
  const sums = isTooLow
    ? `QuestionPro says ${formatCount(total)}, and ${plural(present, 'image')} came or were known`
    : '';
  return `the list does not add up to its own total${sums && `: ${sums}`}, so no image was marked gone.`;
}

function describe({ account, calls, added, changed, gone, present }: SyncSnapshot): string {
  const news = [
    added > 0 ? `${formatCount(added)} new` : '',
    changed > 0 ? `${formatCount(changed)} changed` : '',
    gone > 0 ? `${formatCount(gone)} gone` : '',
  ].filter((part) => part !== '');
  const what = news.length === 0 ? 'nothing new' : news.join(', ');
  return `${account}: ${what}; ${plural(present, 'image')}, ${plural(calls, 'call')}.`;
}

function showProgress({ output }: Session, sync: SyncSnapshot): void {
  if (sync.state !== 'running' && sync.state !== 'waiting') return;
  const { account, page, pages, calls, added, changed, malformed, present, waiting } = sync;
  if (page !== null) {
    output.event({ event: 'progress', account, page, pages, calls, added, changed, malformed, total: present });
  }
  const step = page === null ? 'asking the API' : `page ${formatCount(page)} of ${formatCount(pages ?? page)}`;
  const wait =
    waiting === null ? '' : ` · waiting until ${new Date(waiting.until).toLocaleTimeString()}: ${waiting.why}`;
  output.progress(`${account}: ${step} · ${plural(present, 'image')} · ${plural(calls, 'call')}${wait}`);
}

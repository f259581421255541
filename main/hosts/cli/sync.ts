import type { AccountView } from '../../contract/accounts.ts';
import type { SyncSnapshot } from '../../contract/syncs.ts';
import { exitCodeOf, gravest } from './exit-code.ts';
import { formatCount, plural } from './words.ts';
import { accountsNamed, lendKey, type Session } from './session.ts';

/** One account after the other, as each may wait at the gate; one's failure does not stop the others. */
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
  if (!ended.ok) {
    output.failed(ended.error, 'event');
    return exitCodeOf(ended.error.code);
  }
  const { failure, calls, added, changed, gone, malformed, present, complete } = ended.value;
  if (failure) {
    output.failed({ ...failure, message: `${account.name}: ${failure.message}` }, 'event');
    if (failure.code === 'cancelled') output.note('What came so far is kept; the next sync goes on from there.');
  } else {
    output.line(describe(ended.value));
    if (malformed > 0) output.line(`  ${plural(malformed, 'record')} could not be read and ${malformed === 1 ? 'was' : 'were'} kept as they came.`);
  }
  const counts = { calls, added, changed, gone, malformed, total: present, complete };
  output.event({ event: 'done', account: account.name, ...counts });
  return failure ? exitCodeOf(failure.code) : 0;
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
  const where = page === null ? 'asking the API' : `page ${formatCount(page)} of ${formatCount(pages ?? page)}`;
  const wait = waiting === null ? '' : ` · waiting until ${new Date(waiting.until).toLocaleTimeString()}: ${waiting.why}`;
  output.progress(`${account}: ${where} · ${plural(present, 'image')} · ${plural(calls, 'call')}${wait}`);
}

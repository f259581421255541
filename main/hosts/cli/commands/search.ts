import { toImageJson } from '../../../contract/image-json.ts';
import type { ImageRow } from '../../../contract/commands/catalogue.ts';
import { withSentence } from '../../../domain/query/mistake.ts';
import { printable } from '../../../domain/text/printable.ts';
import { formatSize } from '../../../domain/image/size.ts';
import { refuse } from './accounts.ts';
import { exitCodeOf } from '../exit-code.ts';
import { noAccount, type Session } from '../session.ts';
import { columns, formatCount, plural } from '../text/text.ts';

export type SearchOptions = { readonly limit?: number; readonly count?: boolean };

const pageSize = 500;

export async function searchCommand(session: Session, query: string, options: SearchOptions): Promise<number> {
  const { output, call } = session;
  const found = await call('catalogue.query', { text: query });
  if (!found.ok) return refuse(session, found.error);
  const { handle, totals, mistakes } = found.value;
  for (const { message } of mistakes) output.note(withSentence(message, 'This part was left out.'));
  if (options.count === true) {
    output.document(totals);
    output.line(describeTotals(totals));
    return 0;
  }
  const end = Math.min(options.limit ?? totals.count, totals.count);
  if (output.json) await output.raw('[');
  let written = 0;
  for (let from = 0; from < end && !session.signal.aborted; from += pageSize) {
    const rows = await call('catalogue.rows', { handle, from, to: Math.min(end, from + pageSize) });
    if (!rows.ok) return refuse(session, rows.error);
    const images = rows.value.filter((row) => row !== null);
    if (output.json) await output.raw(toJsonChunk(images, written === 0));
    else for (const line of columns(images.map(describeRow))) output.line(line);
    written += images.length;
  }
  if (output.json) await output.raw('\n]\n');
  if (session.signal.aborted) return exitCodeOf('cancelled');
  if (output.json) return 0;
  if (end < totals.count) output.note(`${formatCount(end)} of ${plural(totals.count, 'image')} shown.`);
  else if (totals.count === 0) output.note(await explainNoResults(session));
  return 0;
}

function toJsonChunk(rows: readonly ImageRow[], isFirst: boolean): string {
  return rows
    .map((row, index) => `${isFirst && index === 0 ? '\n' : ',\n'}${JSON.stringify(toImageJson(row))}`)
    .join('');
}

function describeRow({ id, name, size, state, account }: ImageRow): string[] {
  const bytes = size.bytes === null ? size.text || 'unknown' : `${size.exact ? '' : '≈ '}${formatSize(size.bytes)}`;
  return [String(id), bytes.padStart(9), printable(name), state === 'gone' ? `${account} (gone)` : account];
}

function describeTotals({ count, bytes, approximate, unknown }: Totals): string {
  const size = count === 0 ? '' : ` · ${approximate > 0 || unknown > 0 ? '≈ ' : ''}${formatSize(bytes)}`;
  return `${plural(count, 'image')}${size}${unknown > 0 ? ` · ${plural(unknown, 'size')} unknown` : ''}`;
}

type Totals = {
  readonly count: number;
  readonly bytes: number;
  readonly approximate: number;
  readonly unknown: number;
};

async function explainNoResults({ call }: Session): Promise<string> {
  const accounts = await call('accounts.list', {});
  if (accounts.ok && accounts.value.length === 0) return noAccount().message;
  const synced = accounts.ok && accounts.value.some((account) => account.images > 0);
  return synced ? 'Nothing found.' : 'Nothing found: the catalogue is empty. Run `contact-sheet sync` first.';
}

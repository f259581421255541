import { resolve } from 'node:path';
import type { exportFormats } from '../../../contract/commands/exports.ts';
import { failure } from '../../../domain/failure.ts';
import { fail, type Result } from '../../../domain/result.ts';
import { refuse } from './accounts.ts';
import { exitCodeOf } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { plural } from '../text/text.ts';

export type ExportOptions = {
  readonly format: (typeof exportFormats)[number];
  readonly to?: string;
  readonly excel?: ',' | ';' | '\t';
};

/** Writes to a file, or in chunks to standard output, in the requested format. */
export async function exportCommand(session: Session, query: string, options: ExportOptions): Promise<number> {
  const { output, call, workingFolder, signal } = session;
  const { format, excel } = options;
  const input = { query, format, ...(excel === undefined ? {} : { excelSeparator: excel }) };
  if (options.to !== undefined) {
    const file = resolve(workingFolder, options.to);
    // An interrupted write ends with the core.
    const written = await Promise.race([call('exports.write', { ...input, file }), interrupted(signal)]);
    if (!written.ok) return refuse(session, written.error);
    output.document({ file, ...written.value });
    output.line(`Wrote ${plural(written.value.images, 'image')} to ${file}.`);
    return 0;
  }
  const opened = await call('exports.open', input);
  if (!opened.ok) return refuse(session, opened.error);
  let from: number | null = 0;
  while (from !== null && !signal.aborted) from = await printChunk(session, opened.value.handle, from);
  return signal.aborted ? exitCodeOf('cancelled') : 0;
}

function interrupted(signal: AbortSignal): Promise<Result<never>> {
  const cancelled = fail(failure('cancelled', 'It was stopped. Nothing was written.'));
  return new Promise((resolve) => {
    if (signal.aborted) resolve(cancelled);
    else signal.addEventListener('abort', () => resolve(cancelled), { once: true });
  });
}

async function printChunk({ output, call }: Session, handle: number, from: number): Promise<number | null> {
  const chunk = await call('exports.read', { handle, from });
  if (!chunk.ok) throw new Error(chunk.error.message);
  await output.raw(chunk.value.text);
  return chunk.value.next;
}

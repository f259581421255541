import { resolve } from 'node:path';
import { refuse } from './accounts.ts';
import { exitCodeOf } from '../exit-code.ts';
import type { Session } from '../session.ts';
import { formatCount, plural } from '../text/text.ts';

const problemTexts = {
  missing: 'is missing',
  changed: 'differs from what was saved',
  unreadable: 'can’t be read',
} as const;

export async function verifyCommand(session: Session, folder: string): Promise<number> {
  const { output, call, workingFolder } = session;
  const verified = await call('downloads.verify', { folder: resolve(workingFolder, folder) });
  if (!verified.ok) return refuse(session, verified.error);
  const { by, checked, differences, differ } = verified.value;
  output.document({ by, checked, differ, differences });
  for (const { path, problem } of differences) output.line(`${path} ${problemTexts[problem]}`);
  if (differ > differences.length) output.line(`… and ${formatCount(differ - differences.length)} more`);
  const against = by === 'sums' ? 'SHA256SUMS' : 'what was downloaded here';
  const result =
    differ === 0 ? 'all as they were saved' : `${formatCount(differ)} ${differ === 1 ? 'differs' : 'differ'}`;
  output.line(`${plural(checked, 'file')} checked against ${against}: ${result}.`);
  return differ === 0 ? 0 : exitCodeOf('differs');
}
